-- row: an order that was set aside and that no decision concerns any more
INSERT INTO settle_found (list, order_key)
SELECT 'released', order_key
FROM aside_orders
WHERE order_key GLOBAL NOT IN (SELECT order_key FROM settle_keys)
