-- relation  bucketed_orders
-- row       a counted order with its bucket
-- fragments bucket, dims
SELECT {{bucket}} AS bucket{{dims}}, gross_minor, discount_minor, refund_minor
FROM {{counted_orders}} AS o
