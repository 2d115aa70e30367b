-- fact birthday
-- zh 生日
-- title birthday | 生日
-- type date
-- source customers
-- unknown where it was not given | 未提供时未知
toInt64(any(birthday))
