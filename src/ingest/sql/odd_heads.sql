-- row: an order whose lines do not say the same of it
INSERT INTO load_odd (key_hash)
SELECT cityHash64(order_key)
FROM load_rows
GROUP BY cityHash64(order_key)
HAVING min(head) != max(head)
