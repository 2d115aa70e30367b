-- fact products
-- zh 商品数
-- title different products bought | 购买商品数
-- type count
-- source lines
-- zero 0 without such an order | 没有此类订单时为 0
length(arrayDistinct(groupArrayIf(cityHash64(product_key), product_key != '' AND {{when}})))
