-- fact days_since_last_ticket
-- zh 距上次工单天数
-- title days since the last contact with service | 距上次工单天数
-- type days
-- source tickets
-- subject reason = {{subject}}
-- takes a reason | 原因
-- unknown without such a ticket | 没有此类工单时未知
if(countIf({{when}}) = 0, NULL, toInt64({end:Date}) - toInt64(maxIf(opened_on, {{when}})))
