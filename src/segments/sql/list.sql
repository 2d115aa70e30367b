-- row       a customer of a list, in the order of their numbers
-- fragments members (a row a customer who fits), columns
SELECT customer_id, shown_key AS customer_key, shown_name AS name, shown_region AS region{{columns}}, shown_orders AS orders,
  shown_net AS net_minor, shown_last AS last_order_on
FROM ({{members}}) AS m
ORDER BY customer_id
