-- fact median_days_between_orders
-- zh 购买间隔中位天数
-- title median days between purchase days | 购买间隔中位天数
-- type number
-- source orders
-- unknown with fewer than two purchase days | 购买天数少于两天时未知
if(length(arrayDistinct(groupArrayIf(ordered_on, {{when}}))) < 2, NULL, toFloat64(
  arraySort(arrayFilter(x -> x > 0, arrayDifference(arraySort(arrayMap(x -> toInt64(x), arrayDistinct(groupArrayIf(ordered_on, {{when}})))))))[intDiv(length(arrayDistinct(groupArrayIf(ordered_on, {{when}}))), 2)]
  + arraySort(arrayFilter(x -> x > 0, arrayDifference(arraySort(arrayMap(x -> toInt64(x), arrayDistinct(groupArrayIf(ordered_on, {{when}})))))))[intDiv(length(arrayDistinct(groupArrayIf(ordered_on, {{when}}))) - 1, 2) + 1]) / 2)
