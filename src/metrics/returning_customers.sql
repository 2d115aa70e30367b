-- metric     returning_customers
-- title      Returning customers | 老客数
-- aliases    老客户数, 回头客数
-- question   How many buyers had bought before the period? | 有多少购买客户在此之前买过？
-- formula    buyers in W with an order before W | W 内购买客户中在 W 之前有订单的客户数
-- unit       count
-- favourable up
-- from       period_newcomers
-- history    yes
sum(buyers) - sum(newcomers) AS value
