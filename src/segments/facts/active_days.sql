-- fact active_days
-- zh 活跃天数
-- title days with an event | 有行为的天数
-- type count
-- source events
-- subject (name = {{subject}} OR kind = {{subject}})
-- takes the name of an event | 行为名称
-- zero 0 without such an event | 没有此类行为时为 0
uniqExactIf(occurred_on, {{when}})
