-- fact customer_region
-- zh 客户地区
-- en home_region
-- title region of the customer | 客户所在地区
-- type text
-- source customers
-- unknown where it was not given | 未提供时未知
nullIf(any(region), '')
