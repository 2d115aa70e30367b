-- fact discount_amount
-- zh 优惠金额
-- title discounts | 优惠金额
-- type money
-- source orders
-- zero 0 without such an order | 没有此类订单时为 0
sumIf(discount_minor, {{when}})
