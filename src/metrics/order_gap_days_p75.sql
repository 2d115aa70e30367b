-- metric     order_gap_days_p75
-- title      Upper quartile of days between purchases | 复购周期上四分位数
-- question   Within how many days do three quarters of the repeat purchases come? | 四分之三的复购在几天之内发生？
-- formula    75 % quantile (interpolated, type 7) of the gaps between successive purchase days of a customer, later day in W | 同一客户相邻两次购买日间隔的 75% 分位数（线性插值），后一次在 W 内
-- family     复购周期, order_gap_days, repurchase cycle
-- differs    Three quarters of the gaps are shorter; only purchases that were followed by another count. | 四分之三的间隔更短；只计有后续购买的。
-- unit       days
-- favourable down
-- from       gap_ranks
-- grain      day
-- uses       merge_days
-- history    yes
sum(gap_days * ({{share_p75}})) AS value,
sum(gaps) AS base
