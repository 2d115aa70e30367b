-- metric     same_category_repurchase_rate
-- title      Same-category repurchase rate | 同类复购率
-- aliases    同品类复购率, category repurchase rate
-- question   Which share of the buyers bought in the same category again? | 购买客户中有多少再次购买同一品类？
-- formula    customers with ≥ 2 orders in one category in W / customers with a known category in W | W 内同一品类下单 ≥ 2 次的客户 / W 内有品类信息的客户
-- family     复购率, 复购, repurchase rate, repurchase
-- differs    The same category must be bought again; needs order lines. | 必须再次购买同一品类；需要订单明细。
-- unit       ratio
-- favourable up
-- from       customer_categories
-- uses       merge_days
-- interval   yes
-- lines      yes
countIf(most_times >= 2) AS numerator,
count() AS denominator
