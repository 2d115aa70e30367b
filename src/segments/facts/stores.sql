-- fact stores
-- zh 门店数
-- title different stores of orders | 下单门店数
-- type count
-- source orders
-- zero 0 without such an order | 没有此类订单时为 0
length(arrayDistinct(groupArrayIf(cityHash64(store_key), store_key != '' AND {{when}})))
