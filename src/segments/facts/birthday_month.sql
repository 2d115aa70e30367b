-- fact birthday_month
-- zh 生日月份
-- title month of the birthday, 1 to 12 | 生日月份，1 至 12
-- type count
-- source customers
-- unknown where it was not given | 未提供时未知
toInt64(toMonth(any(birthday)))
