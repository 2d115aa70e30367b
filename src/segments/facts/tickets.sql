-- fact tickets
-- zh 工单数, 咨询次数
-- en contacts
-- title contacts with service | 服务工单数
-- type count
-- source tickets
-- subject reason = {{subject}}
-- takes a reason | 原因
-- zero 0 without such a ticket | 没有此类工单时为 0
countIf({{when}})
