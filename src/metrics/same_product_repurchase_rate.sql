-- metric     same_product_repurchase_rate
-- code       RR-SKU
-- title      Same-product repurchase rate | 同品复购率
-- aliases    同款复购率, sku repurchase rate
-- question   Which share of the buyers bought the same product again? | 购买客户中有多少再次购买同一商品？
-- formula    customers with ≥ 2 orders of one product in W / customers with a known product in W | W 内同一商品下单 ≥ 2 次的客户 / W 内有商品信息的客户
-- family     复购率, 复购, repurchase rate, repurchase
-- differs    The same product must be bought again; needs order lines. | 必须再次购买同一商品；需要订单明细。
-- unit       ratio
-- favourable up
-- from       customer_products
-- uses       merge_days
-- interval   yes
-- lines      yes
countIf(most_times >= 2) AS numerator,
count() AS denominator
