-- fact gross_amount
-- zh 应付金额, 总额
-- title gross amount | 应付金额
-- type money
-- source orders
-- zero 0 without such an order | 没有此类订单时为 0
sumIf(gross_minor, {{when}})
