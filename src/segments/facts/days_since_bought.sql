-- fact days_since_bought
-- zh 距上次购买该商品天数
-- title days since the product or category was bought | 距上次购买该商品或品类的天数
-- type days
-- source lines
-- subject (product_key = {{subject}} OR position(concat('/', category, '/'), concat('/', {{subject}}, '/')) > 0)
-- takes a product number, or a category or part of its path | 商品编号，或品类（可为其路径中的一级）
-- unknown without such an order | 没有此类订单时未知
if(countIf({{when}}) = 0, NULL, toInt64({end:Date}) - toInt64(maxIf(ordered_on, {{when}})))
