-- fact discount_share
-- zh 优惠占比, 折扣率
-- title discounts as a share of the gross amount | 优惠金额占应付金额的比例
-- type ratio
-- source orders
-- unknown without a gross amount | 没有应付金额时未知
sumIf(discount_minor, {{when}}) / nullIf(toFloat64(sumIf(gross_minor, {{when}})), 0)
