-- fact added_to_cart
-- zh 加购, 加入购物车
-- title products put into the cart | 加购次数
-- type count
-- source events
-- subject (product_key = {{subject}} OR position(concat('/', category, '/'), concat('/', {{subject}}, '/')) > 0 OR page = {{subject}})
-- takes a product number, a page, or a category or part of its path | 商品编号、页面，或品类（可为其路径中的一级）
-- zero 0 without such an event | 没有此类行为时为 0
countIf(name IN ('product_added', 'Product Added', 'add_to_cart', 'added_to_cart') AND {{when}})
