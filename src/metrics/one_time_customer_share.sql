-- metric     one_time_customer_share
-- code       ONE
-- title      One-time customer share | 一次客占比
-- aliases    一次性客户占比, 买过一次就消失, one and done rate
-- question   Which share of the customers bought once and never again? | 有多少客户只买过一次？
-- formula    first-time buyers of W with exactly one order up to now / first-time buyers of W, observed for ≥ N days | W 内首购客户中至今只有一个订单的 / W 内首购客户，均已观察 ≥ N 天
-- family     流失率, 流失, churn
-- differs    Asks of first-time buyers whether they ever came back. | 问的是首购客户后来有没有再来。
-- unit       ratio
-- favourable down
-- from       first_purchases
-- uses       merge_days, days
-- maturity   after_end
-- interval   yes
-- history    yes
countIf(observed_days >= {days:Int64} AND orders = 1) AS numerator,
countIf(observed_days >= {days:Int64}) AS denominator
