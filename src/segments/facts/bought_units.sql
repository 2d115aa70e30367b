-- fact bought_units
-- zh 商品购买件数
-- title units of the product or category | 该商品或品类的购买件数
-- type number
-- source lines
-- subject (product_key = {{subject}} OR position(concat('/', category, '/'), concat('/', {{subject}}, '/')) > 0)
-- takes a product number, or a category or part of its path | 商品编号，或品类（可为其路径中的一级）
-- zero 0 without such an order | 没有此类订单时为 0
toFloat64(sumIf(quantity_milli, {{when}})) / 1000
