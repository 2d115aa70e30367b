-- row: a product with one of these keys
SELECT product_key, name, category, brand, cost_minor AS cost, source
FROM products
WHERE {all:UInt8} = 1 OR has({keys:Array(String)}, product_key)
