-- fact average_order_value
-- zh 笔单价, 平均订单金额
-- en aov
-- title average order value | 笔单价
-- type money
-- source orders
-- unknown without such an order | 没有此类订单时未知
if(countIf({{when}}) = 0, NULL, intDiv(sumIf(net_minor, {{when}}), toInt64(greatest(countIf({{when}}), 1))))
