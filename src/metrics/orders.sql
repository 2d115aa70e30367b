-- metric     orders
-- title      Orders | 订单数
-- aliases    订单量, order count
-- question   How many orders were there? | 有多少订单？
-- formula    orders in W, those without a known customer too | W 内的订单数，包括没有客户信息的订单
-- unit       count
-- favourable up
-- from       customer_periods
-- uses       merge_days
sum(orders) AS value
