-- fact orders
-- zh 订单数, 下单次数, 购买次数
-- en order_count, purchases
-- title orders | 订单数
-- type count
-- source orders
-- zero 0 without such an order | 没有此类订单时为 0
countIf({{when}})
