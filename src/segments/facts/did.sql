-- fact did
-- zh 做过, 行为次数
-- en events
-- title events of the name | 该行为的次数
-- type count
-- source events
-- subject (name = {{subject}} OR kind = {{subject}})
-- takes the name of an event | 行为名称
-- zero 0 without such an event | 没有此类行为时为 0
countIf({{when}})
