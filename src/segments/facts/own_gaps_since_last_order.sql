-- fact own_gaps_since_last_order
-- zh 距上次下单的间隔倍数
-- title days since the last order, in average gaps of her own | 距上次下单天数与自身平均间隔之比
-- type number
-- source orders
-- unknown with fewer than two purchase days | 购买天数少于两天时未知
toFloat64(toInt64({end:Date}) - toInt64(maxIf(ordered_on, {{when}}))) * (toFloat64(length(arrayDistinct(groupArrayIf(ordered_on, {{when}})))) - 1) / if(length(arrayDistinct(groupArrayIf(ordered_on, {{when}}))) < 2, NULL, toFloat64(toInt64(maxIf(ordered_on, {{when}})) - toInt64(minIf(ordered_on, {{when}}))))
