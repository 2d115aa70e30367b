-- row: a product that the shop knows
SELECT product_key AS key
FROM products
WHERE {all:UInt8} = 1 OR has({keys:Array(String)}, product_key)
