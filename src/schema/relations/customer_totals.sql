-- relation  customer_totals
-- row       a customer with a counted order in [from, to)
-- last_day is a day number (days since 1970-01-01)
SELECT customer_id, toInt64(max(ordered_on)) AS last_day, toInt64(count()) AS orders, toInt64(sum(amount_minor)) AS amount_minor
FROM {{counted_orders}} AS counted
WHERE customer_id > 0
GROUP BY customer_id
