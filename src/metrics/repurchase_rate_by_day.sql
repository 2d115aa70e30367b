-- metric     repurchase_rate_by_day
-- code       RR-CD
-- title      Repurchase rate by day | 复购率（按天去重）
-- aliases    复购率 (按天去重), 复购率 (按客户-天去重), daily repurchase rate
-- question   Which share of the buyers bought on more than one day? | 购买客户中有多少在不止一天购买？
-- formula    customers with ≥ 2 purchase days in W / customers with ≥ 1 order in W | W 内购买天数 ≥ 2 的客户 / W 内有订单的客户
-- family     复购率, 复购, repurchase rate, repurchase
-- differs    Orders of one day are one purchase, so split orders do not count as coming back. | 同一天的订单只算一次购买，拆单不算复购。
-- unit       ratio
-- favourable up
-- from       customer_periods
-- interval   yes
countIf(last_on > first_on AND customer_id != 0) AS numerator,
countIf(customer_id != 0) AS denominator
