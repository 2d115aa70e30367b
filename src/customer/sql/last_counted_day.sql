-- row      the last day with an order that the status policy counts
-- fragments status_policy
SELECT toInt64(count()) AS orders, toInt64(max(ordered_on)) AS last_day
FROM orders
WHERE ordered_on < {until:Date} AND ({{status_policy}})
