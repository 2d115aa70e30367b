-- row  a customer with a counted order in [from, to)
SELECT toInt64({as_of:Date}) - last_day AS days_since_last_order, orders, amount_minor
FROM {{customer_totals}} AS c
