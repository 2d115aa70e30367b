-- row: an order that was set aside, as it was
SELECT order_key, customer_id, ordered_at, ordered_on, status, gross_minor, discount_minor, refund_minor, net_minor
FROM aside_orders
ORDER BY ordered_on DESC, order_key
LIMIT {limit:UInt64}
