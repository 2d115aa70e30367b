-- row: one of products that is not there yet
INSERT INTO products (product_key, name, category, brand, cost_minor, source)
SELECT product_key, name, category, brand, cost_minor, source
FROM load_products
WHERE product_key GLOBAL NOT IN (SELECT product_key FROM products)
