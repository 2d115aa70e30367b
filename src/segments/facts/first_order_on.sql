-- fact first_order_on
-- zh 首次下单日期, 首购日期
-- title day of the first order | 首次下单日期
-- type date
-- source orders
-- unknown without such an order | 没有此类订单时未知
if(countIf({{when}}) = 0, NULL, toInt64(minIf(ordered_on, {{when}})))
