-- metric     repeat_amount_share
-- code       RR-AMT
-- title      Repeat amount share | 复购金额占比
-- aliases    复购销售额占比, repeat revenue share
-- question   Which share of the money came from second and later orders? | 有多少金额来自第二次及以后的购买？
-- formula    amount in W − amount of first-ever orders in W / amount in W, known customers | （W 内金额 − 其中客户首单的金额）/ W 内金额，有客户信息的订单
-- family     复购率, 复购, repurchase rate, repurchase
-- differs    Counts money: every order but the first ever of its customer. | 数的是金额：除客户首单外的所有订单。
-- unit       ratio
-- favourable up
-- from       period_newcomers
-- uses       merge_days
-- history    yes
sum(spent_minor) - sum(first_minor) AS numerator,
sum(spent_minor) AS denominator
