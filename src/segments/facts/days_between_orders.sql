-- fact days_between_orders
-- zh 平均购买间隔天数, 购买间隔
-- title average days between purchase days | 平均购买间隔天数
-- type number
-- source orders
-- unknown with fewer than two purchase days | 购买天数少于两天时未知
toFloat64(toInt64(maxIf(ordered_on, {{when}})) - toInt64(minIf(ordered_on, {{when}}))) / if(length(arrayDistinct(groupArrayIf(ordered_on, {{when}}))) < 2, NULL, toFloat64(length(arrayDistinct(groupArrayIf(ordered_on, {{when}})))) - 1)
