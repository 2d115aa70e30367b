-- row  a product among some, with its name
SELECT product_key AS key, any(name) AS name
FROM products
WHERE product_key IN (SELECT arrayJoin({keys:Array(String)}) AS product_key)
GROUP BY product_key
