-- metric     order_gap_days_p90
-- title      90 % point of days between purchases | 复购周期 90 分位数
-- question   Within how many days do nine in ten repeat purchases come? | 九成的复购在几天之内发生？
-- formula    90 % quantile (interpolated, type 7) of the gaps between successive purchase days of a customer, later day in W | 同一客户相邻两次购买日间隔的 90% 分位数（线性插值），后一次在 W 内
-- family     复购周期, order_gap_days, repurchase cycle
-- differs    Nine in ten gaps are shorter; only purchases that were followed by another count. | 九成的间隔更短；只计有后续购买的。
-- unit       days
-- favourable down
-- from       gap_ranks
-- grain      day
-- uses       merge_days
-- history    yes
sum(gap_days * ({{share_p90}})) AS value,
sum(gaps) AS base
