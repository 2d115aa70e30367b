-- fact days_since_last_order
-- zh 距上次下单天数, 未购天数
-- en recency_days
-- title days since the last order | 距上次下单天数
-- type days
-- source orders
-- unknown without such an order | 没有此类订单时未知
if(countIf({{when}}) = 0, NULL, toInt64({end:Date}) - toInt64(maxIf(ordered_on, {{when}})))
