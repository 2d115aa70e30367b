-- rule      orphan_products
-- title     Products that are not there | 商品不存在
-- question  Which products were sold that nobody knows? | 卖出的哪些商品不在商品表中？
-- method    A line names the product, which is not in the table of products. A row is such a product. | 明细中有该商品，但商品表中没有；一行为一个这样的商品。
-- grain     product
-- severity  warning
-- action    fix
-- value     count Lines | 明细行数
-- weight    3 at 0.05
SELECT product_key AS key, toUInt64(0) AS customer_id, max(on_day) AS ordered_on, toFloat64(count()) AS value
FROM (SELECT product_key, ordered_on AS on_day FROM order_lines) AS l
WHERE product_key != '' AND product_key GLOBAL NOT IN (SELECT product_key FROM products)
GROUP BY product_key
