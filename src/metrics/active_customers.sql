-- metric     active_customers
-- code       ACT
-- title      Active customers | 活跃客户数
-- aliases    活跃度, 活跃买家, active buyers
-- question   How many customers were active? | 有多少活跃客户？
-- formula    customers with at least one order in W | W 内至少有一个订单的客户数
-- unit       count
-- favourable up
-- from       customer_periods
countIf(customer_id != 0) AS value
