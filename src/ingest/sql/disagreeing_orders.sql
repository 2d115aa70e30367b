-- row: an order whose lines name different days or customers
SELECT order_key, toUInt64(min(row)) AS first_row
FROM load_rows
WHERE cityHash64(order_key) GLOBAL IN (SELECT key_hash FROM load_odd)
GROUP BY order_key
HAVING uniqExact(ordered_on) > 1 OR uniqExactIf(customer_id, customer_id != 0) > 1
ORDER BY first_row
