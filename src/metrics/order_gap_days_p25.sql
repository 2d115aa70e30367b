-- metric     order_gap_days_p25
-- title      Lower quartile of days between purchases | 复购周期下四分位数
-- question   How soon do the quickest quarter of purchases follow? | 最快的四分之一复购隔多久？
-- formula    25 % quantile (interpolated, type 7) of the gaps between successive purchase days of a customer, later day in W | 同一客户相邻两次购买日间隔的 25% 分位数（线性插值），后一次在 W 内
-- family     复购周期, order_gap_days, repurchase cycle
-- differs    A quarter of the gaps is shorter; only purchases that were followed by another count. | 四分之一的间隔更短；只计有后续购买的。
-- unit       days
-- favourable down
-- from       gap_ranks
-- grain      day
-- uses       merge_days
-- history    yes
sum(gap_days * ({{share_p25}})) AS value,
sum(gaps) AS base
