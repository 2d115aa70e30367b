-- metric     repeat_order_share
-- code       RR-O
-- title      Repeat order share | 复购率（按订单）
-- aliases    复购率 (按订单), 复购订单占比, repeat orders
-- question   Which share of the orders were repeat orders? | 订单中有多少是复购订单？
-- formula    (orders − buyers) / orders in W, known customers | （订单数 − 购买客户数）/ 订单数，W 内有客户信息的订单
-- family     复购率, 复购, repurchase rate, repurchase
-- differs    Counts orders instead of customers: frequent customers weigh more. | 数的是订单而不是客户：常客权重更大。
-- unit       ratio
-- favourable up
-- from       customer_periods
-- uses       merge_days
sumIf(orders, customer_id != 0) - countIf(customer_id != 0) AS numerator,
sumIf(orders, customer_id != 0) AS denominator
