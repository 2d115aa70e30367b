-- fact days_since_did
-- zh 距上次行为天数
-- title days since the event | 距上次该行为的天数
-- type days
-- source events
-- subject (name = {{subject}} OR kind = {{subject}})
-- takes the name of an event | 行为名称
-- unknown without such an event | 没有此类行为时未知
if(countIf({{when}}) = 0, NULL, toInt64({end:Date}) - toInt64(maxIf(occurred_on, {{when}})))
