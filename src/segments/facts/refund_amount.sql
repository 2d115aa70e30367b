-- fact refund_amount
-- zh 退款金额
-- title amount refunded | 退款金额
-- type money
-- source orders
-- policy paid
-- zero 0 without such an order | 没有此类订单时为 0
sumIf(refund_minor, {{when}})
