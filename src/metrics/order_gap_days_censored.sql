-- metric     order_gap_days_censored
-- title      Median days until the next purchase | 下次购买中位天数
-- aliases    censored order gap, 删失复购周期
-- question   After how many days has half of the purchases been followed by another? | 多少天后一半的购买有了下一次？
-- formula    Kaplan-Meier median of the days from a purchase in W to the next one; purchases without a next one count as long as they were observed | W 内购买到下一次购买天数的 Kaplan-Meier 中位数；尚无下一次的按已观察天数计入
-- family     复购周期, order_gap_days, repurchase cycle
-- differs    Also counts those who have not come back yet, so it is longer; empty if fewer than half come back. | 也计入尚未再来的，因此更长；若不到一半再来则为空。
-- unit       days
-- favourable down
-- from       gap_survival
-- grain      day
-- uses       merge_days
-- history    yes
if(countIf(survival <= 0.500000000001) = 0, NULL, minIf(gap_days, survival <= 0.500000000001)) AS value,
max(spells) AS base
