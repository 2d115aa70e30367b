-- metric     repurchase_rate
-- code       RR-C
-- title      Repurchase rate | 复购率
-- aliases    复购率 (按客户), repurchase rate, repeat purchase rate, rpr, repeat rate
-- question   Which share of the buyers bought more than once? | 购买客户中有多少买了不止一次？
-- formula    customers with ≥ 2 orders in W / customers with ≥ 1 order in W | W 内订单数 ≥ 2 的客户 / W 内有订单的客户
-- family     复购率, 复购, repurchase rate, repurchase
-- differs    Looks only inside the period, so it grows with the length of the period. | 只看时期之内，时期越长数值越高。
-- unit       ratio
-- favourable up
-- from       customer_periods
-- uses       merge_days
-- interval   yes
countIf(orders >= 2 AND customer_id != 0) AS numerator,
countIf(customer_id != 0) AS denominator
