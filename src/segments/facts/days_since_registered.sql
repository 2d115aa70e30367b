-- fact days_since_registered
-- zh 注册天数, 入会天数
-- title days since registration | 注册天数
-- type days
-- source customers
-- unknown where it was not given | 未提供时未知
toInt64({end:Date}) - toInt64(any(registered_on))
