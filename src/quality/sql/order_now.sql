-- row: an order as it counts now
SELECT order_key, ordered_at, ordered_on, status, customer_id, gross_minor, discount_minor, refund_minor, net_minor
FROM orders
WHERE order_key = {key:String}
LIMIT 1
