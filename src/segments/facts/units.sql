-- fact units
-- zh 购买件数
-- title units bought | 购买件数
-- type number
-- source orders
-- unknown where no order has a quantity | 没有数量信息时未知
if(countIf(isNotNull(units_milli) AND {{when}}) = 0, NULL, toFloat64(sumIf(ifNull(units_milli, 0), {{when}})) / 1000)
