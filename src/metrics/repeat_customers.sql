-- metric     repeat_customers
-- title      Repeat customers | 复购客户数
-- aliases    复购人数
-- question   How many customers bought again in the same period? | 有多少客户在同一时期内再次购买？
-- formula    customers with ≥ 2 orders in W | W 内订单数 ≥ 2 的客户数
-- unit       count
-- favourable up
-- from       customer_periods
-- uses       merge_days
countIf(orders >= 2 AND customer_id != 0) AS value
