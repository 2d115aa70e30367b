-- fact customer_name
-- zh 客户姓名, 姓名
-- title name | 姓名
-- type text
-- source customers
-- unknown where it was not given | 未提供时未知
nullIf(any(name), '')
