-- fact bought
-- zh 购买, 买过
-- en purchased
-- title orders with the product or category | 含该商品或品类的订单数
-- type count
-- source lines
-- subject (product_key = {{subject}} OR position(concat('/', category, '/'), concat('/', {{subject}}, '/')) > 0)
-- takes a product number, or a category or part of its path | 商品编号，或品类（可为其路径中的一级）
-- zero 0 without such an order | 没有此类订单时为 0
uniqExactIf(order_key, {{when}})
