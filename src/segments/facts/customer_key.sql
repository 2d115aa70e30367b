-- fact customer_key
-- zh 会员号, 客户编号
-- en member_number
-- title member number | 会员号
-- type text
-- source customers
-- unknown where it was not given | 未提供时未知
nullIf(any(customer_key), '')
