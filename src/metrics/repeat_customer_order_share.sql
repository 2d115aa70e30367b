-- metric     repeat_customer_order_share
-- title      Order share of repeat customers | 复购客户订单占比
-- aliases    老客订单占比, orders of repeat customers
-- question   Which share of the orders came from customers with several? | 订单中有多少来自多次购买的客户？
-- formula    orders of customers with ≥ 2 orders in W / orders in W, known customers | 订单数 ≥ 2 的客户的订单 / W 内有客户信息的订单
-- family     复购率, 复购, repurchase rate, repurchase
-- differs    Counts the first orders of repeat customers too, so it is the highest of all. | 连复购客户的首单也算进去，因此数值最高。
-- unit       ratio
-- favourable up
-- from       customer_periods
-- uses       merge_days
sumIf(orders, orders >= 2 AND customer_id != 0) AS numerator,
sumIf(orders, customer_id != 0) AS denominator
