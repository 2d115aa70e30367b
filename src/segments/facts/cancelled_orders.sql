-- fact cancelled_orders
-- zh 取消订单数
-- title cancelled orders | 取消订单数
-- type count
-- source orders
-- policy all
-- zero 0 without such an order | 没有此类订单时为 0
countIf(status = 4 AND {{when}})
