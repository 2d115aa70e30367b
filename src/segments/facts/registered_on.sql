-- fact registered_on
-- zh 注册日期, 入会日期
-- title day of registration | 注册日期
-- type date
-- source customers
-- unknown where it was not given | 未提供时未知
toInt64(any(registered_on))
