-- fact viewed
-- zh 浏览, 浏览过
-- en views
-- title views of pages or of the product or category | 浏览次数
-- type count
-- source events
-- subject (product_key = {{subject}} OR position(concat('/', category, '/'), concat('/', {{subject}}, '/')) > 0 OR page = {{subject}})
-- takes a product number, a page, or a category or part of its path | 商品编号、页面，或品类（可为其路径中的一级）
-- zero 0 without such an event | 没有此类行为时为 0
countIf((kind IN ('page', 'screen') OR name IN ('page_view', 'page_viewed', 'product_view', 'product_viewed', 'Product Viewed', 'Page Viewed', 'view_item', 'Product List Viewed')) AND {{when}})
