-- fact margin
-- zh 毛利
-- title net amount less cost | 净额减成本
-- type money
-- source orders
-- unknown without an order, or where the cost of one is unknown | 没有订单或有订单成本未知时未知
if(countIf({{when}}) = 0 OR countIf(isNull(cost_minor) AND {{when}}) > 0, NULL, sumIf(net_minor - ifNull(cost_minor, 0), {{when}}))
