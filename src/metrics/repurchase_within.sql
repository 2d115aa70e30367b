-- metric     repurchase_within
-- code       RR-N
-- title      Repurchase within N days | N 日复购率
-- aliases    N日复购率, 首购复购率, n-day repurchase rate, first-to-second rate
-- question   Which share of the first-time buyers came back within N days? | 首购客户中有多少在 N 天内复购？
-- formula    first-time buyers of W with a second purchase ≤ N days after the first / first-time buyers of W observed for ≥ N days | W 内首购客户中首购后 ≤ N 天再次购买的 / 已观察 ≥ N 天的首购客户
-- family     复购率, 复购, repurchase rate, repurchase
-- differs    Follows first-time buyers only, each for the same number of days; a purchase on the first day does not count unless days are not merged. | 只跟踪首购客户，每人观察同样的天数；默认同一天再买不算，除非关闭按天合并。
-- unit       ratio
-- favourable up
-- from       first_purchases
-- grain      day
-- uses       merge_days, days
-- maturity   after_end
-- interval   yes
-- history    yes
countIf(observed_days >= {days:Int64} AND days_to_second <= {days:Int64}) AS numerator,
countIf(observed_days >= {days:Int64}) AS denominator
