-- fact categories
-- zh 品类数
-- title different categories bought | 购买品类数
-- type count
-- source lines
-- zero 0 without such an order | 没有此类订单时为 0
length(arrayDistinct(groupArrayIf(cityHash64(category), category != '' AND {{when}})))
