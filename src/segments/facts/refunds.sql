-- fact refunds
-- zh 退款订单数, 退款次数
-- title orders with a refund | 有退款的订单数
-- type count
-- source orders
-- policy paid
-- zero 0 without such an order | 没有此类订单时为 0
countIf((refund_minor > 0 OR status = 5) AND {{when}})
