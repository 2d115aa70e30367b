-- metric     next_period_repurchase_rate
-- code       RR-NEXT
-- title      Next-period repurchase rate | 回购率
-- aliases    次期回购率, 次月回购率, next period repurchase, back-purchase rate
-- question   Which share of the buyers came back in the next period? | 购买客户中有多少在下一时期又买了？
-- formula    buyers in W who buy in W+1 / buyers in W | W 内购买客户中在 W+1 又购买的 / W 内购买客户
-- family     复购率, 复购, repurchase rate, repurchase
-- differs    Needs two periods: coming back inside the first one does not count. | 需要两个时期：在第一个时期内再买不算。
-- unit       ratio
-- favourable up
-- from       customer_next_periods
-- maturity   next_bucket
-- interval   yes
sum(bought_next) AS numerator,
count() AS denominator
