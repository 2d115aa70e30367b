-- fact last_order_on
-- zh 最近下单日期, 末次下单日期
-- title day of the last order | 最近下单日期
-- type date
-- source orders
-- unknown without such an order | 没有此类订单时未知
if(countIf({{when}}) = 0, NULL, toInt64(maxIf(ordered_on, {{when}})))
