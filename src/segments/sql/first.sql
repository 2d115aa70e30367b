-- row       a customer who fits the rule, those with the highest amount first
SELECT customer_id, shown_key AS customer_key, shown_name AS name, shown_region AS region, shown_orders AS orders,
  shown_net AS net_minor, shown_last AS last_order_on
FROM ({{members}}) AS m
ORDER BY net_minor DESC, customer_id
LIMIT {most:UInt64}
