-- metric     order_gap_days_mean
-- code       IPT
-- title      Mean days between purchases | 平均复购周期
-- aliases    平均购买间隔, mean order gap
-- question   How many days lie between two purchases on average? | 两次购买平均相隔几天？
-- formula    mean of the gaps between successive purchase days of a customer, later day in W | 同一客户相邻两次购买日间隔的平均值，后一次在 W 内
-- family     复购周期, order_gap_days, repurchase cycle
-- differs    A few very long gaps pull the mean up. | 少数很长的间隔会拉高平均值。
-- unit       days
-- favourable down
-- from       gap_ranks
-- grain      day
-- uses       merge_days
-- history    yes
sum(gap_days * gaps) AS numerator,
sum(gaps) AS denominator
