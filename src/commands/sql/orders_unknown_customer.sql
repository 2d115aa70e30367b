-- Orders of a customer who is in no list of keys; 0 is an order without a known customer.
SELECT toUInt64(count()) AS rows
FROM orders
WHERE customer_id != 0 AND customer_id NOT IN (SELECT customer_id FROM identities)
