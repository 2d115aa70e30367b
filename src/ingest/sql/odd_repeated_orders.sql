-- row: an order key that is there more than once, in a file of orders
INSERT INTO load_odd (key_hash)
SELECT cityHash64(order_key)
FROM load_rows
GROUP BY cityHash64(order_key)
HAVING count() > 1
