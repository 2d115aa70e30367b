-- metric     rolling_repurchase_rate
-- code       RR-ROLL
-- title      Rolling repurchase rate | 滚动复购率
-- aliases    滚动 N 日复购率, 近N日复购率, rolling repurchase
-- question   Which share of the buyers of the last N days bought more than once in them? | 最近 N 天的购买客户中有多少买了不止一次？
-- formula    repurchase rate over the N days (T − N, T], T = last day of W | 以 W 最后一天 T 为终点的 N 天 (T − N, T] 内的复购率
-- family     复购率, 复购, repurchase rate, repurchase
-- differs    A window of fixed length that ends with the period: values of successive days share most of their orders. | 以时期末为终点的固定长度窗口：相邻两天的数值大部分订单相同。
-- unit       ratio
-- favourable up
-- from       rolling_windows
-- uses       merge_days, days
-- interval   yes
sum(repeaters) AS numerator,
sum(buyers) AS denominator
