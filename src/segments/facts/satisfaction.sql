-- fact satisfaction
-- zh 售后满意度, 平均满意度
-- title average satisfaction with service | 售后平均满意度
-- type number
-- source tickets
-- subject reason = {{subject}}
-- takes a reason | 原因
-- unknown where nobody answered | 没有评价时未知
toFloat64(sumIf(ifNull(satisfaction, 0), {{when}})) / nullIf(toFloat64(countIf(isNotNull(satisfaction) AND {{when}})), 0)
