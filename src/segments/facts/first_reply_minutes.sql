-- fact first_reply_minutes
-- zh 平均首次响应分钟
-- title average minutes to the first reply | 平均首次响应分钟
-- type number
-- source tickets
-- subject reason = {{subject}}
-- takes a reason | 原因
-- unknown without a reply | 没有答复时未知
toFloat64(sumIf(ifNull(first_reply_minutes, 0), {{when}})) / nullIf(toFloat64(countIf(isNotNull(first_reply_minutes) AND {{when}})), 0)
