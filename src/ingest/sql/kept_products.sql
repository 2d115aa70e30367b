-- row: one of products that the batch does not bring
INSERT INTO load_products (product_key, name, category, brand, cost_minor, source)
SELECT product_key, name, category, brand, cost_minor, source
FROM products
WHERE product_key GLOBAL NOT IN (SELECT product_key FROM load_products)
