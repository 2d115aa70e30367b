-- fact purchase_days
-- zh 购买天数
-- title days with an order | 购买天数
-- type count
-- source orders
-- zero 0 without such an order | 没有此类订单时为 0
length(arrayDistinct(groupArrayIf(ordered_on, {{when}})))
