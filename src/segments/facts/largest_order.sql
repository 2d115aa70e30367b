-- fact largest_order
-- zh 最大订单金额
-- title largest order | 最大订单金额
-- type money
-- source orders
-- unknown without such an order | 没有此类订单时未知
if(countIf({{when}}) = 0, NULL, maxIf(net_minor, {{when}}))
