-- fact days_between_last_orders
-- zh 末次购买间隔天数, 最近购买间隔天数
-- title days between the last two purchase days | 最近两个购买日之间的天数
-- type days
-- source orders
-- unknown with fewer than two purchase days | 购买天数少于两天时未知
if(length(arrayDistinct(groupArrayIf(ordered_on, {{when}}))) < 2, NULL, toInt64(maxIf(ordered_on, {{when}})) - toInt64(arrayReverseSort(arrayDistinct(groupArrayIf(ordered_on, {{when}})))[2]))
