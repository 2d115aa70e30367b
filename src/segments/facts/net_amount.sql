-- fact net_amount
-- zh 净消费金额, 消费金额, 累计消费
-- en amount, net
-- title net amount | 净消费金额
-- type money
-- source orders
-- zero 0 without such an order | 没有此类订单时为 0
sumIf(net_minor, {{when}})
