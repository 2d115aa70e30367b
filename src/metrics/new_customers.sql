-- metric     new_customers
-- title      New customers | 新客数
-- aliases    新客户数, 首购客户数, first-time buyers
-- question   How many customers bought for the first time? | 有多少客户首次购买？
-- formula    customers whose first order lies in W | 首单在 W 内的客户数
-- unit       count
-- favourable up
-- from       period_newcomers
-- history    yes
sum(newcomers) AS value
