-- metric     buyers
-- title      Buyers | 购买客户数
-- aliases    购买人数, 买家数, customers
-- question   How many customers bought? | 有多少客户购买？
-- formula    customers with at least one order in W | W 内至少有一个订单的客户数
-- unit       count
-- favourable up
-- from       customer_periods
countIf(customer_id != 0) AS value
