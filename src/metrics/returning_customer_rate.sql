-- metric     returning_customer_rate
-- code       RR-RET
-- title      Returning customer rate | 老客复购占比
-- aliases    老客占比, 回头客占比, returning customer share
-- question   Which share of the buyers had bought before? | 购买客户中有多少是老客？
-- formula    buyers in W with an order before W or ≥ 2 in W / buyers in W | W 内购买客户中在 W 之前有订单或 W 内订单数 ≥ 2 的 / W 内购买客户
-- family     复购率, 复购, repurchase rate, repurchase
-- differs    Looks before the period too: a customer of last year who buys once is returning. | 也看时期之前：去年的客户今年买一次也算老客。
-- unit       ratio
-- favourable up
-- from       period_newcomers
-- uses       merge_days
-- interval   yes
-- history    yes
sum(buyers) - sum(newcomers_with_one) AS numerator,
sum(buyers) AS denominator
