-- Every product.
SELECT product_key, name, category, brand, cost_minor, source
FROM products
ORDER BY product_key, source
