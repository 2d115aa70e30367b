-- fact complaints
-- zh 投诉数, 投诉次数
-- title complaints | 投诉次数
-- type count
-- source tickets
-- subject reason = {{subject}}
-- takes a reason | 原因
-- zero 0 without such a ticket | 没有此类工单时为 0
countIf(ifNull(is_complaint, 0) = 1 AND {{when}})
