-- metric     order_gap_days_p50
-- title      Median days between purchases | 复购周期中位数
-- aliases    复购周期, order_gap_days, repurchase cycle, 购买间隔, 多久会来一次
-- question   How many days lie between two purchases, typically? | 两次购买通常相隔几天？
-- formula    50 % quantile (interpolated, type 7) of the gaps between successive purchase days of a customer, later day in W | 同一客户相邻两次购买日间隔的 50% 分位数（线性插值），后一次在 W 内
-- family     复购周期, order_gap_days, repurchase cycle
-- differs    Half of the gaps are shorter; only purchases that were followed by another count. | 一半的间隔更短；只计有后续购买的。
-- unit       days
-- favourable down
-- from       gap_ranks
-- grain      day
-- uses       merge_days
-- history    yes
sum(gap_days * ({{share_p50}})) AS value,
sum(gaps) AS base
