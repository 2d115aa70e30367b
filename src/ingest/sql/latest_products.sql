-- row: one of products, as its last row in the file says
INSERT INTO load_products (product_key, name, category, brand, cost_minor, source)
SELECT product_key, name, category, brand, cost_minor, source
FROM load_entities
WHERE row GLOBAL IN (SELECT max(row) FROM load_entities GROUP BY product_key)
