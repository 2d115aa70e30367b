-- fact days_since_first_order
-- zh 距首次下单天数
-- title days since the first order | 距首次下单天数
-- type days
-- source orders
-- unknown without such an order | 没有此类订单时未知
if(countIf({{when}}) = 0, NULL, toInt64({end:Date}) - toInt64(minIf(ordered_on, {{when}})))
