-- row  a customer with a counted order in [from, to), by number: what she did
SELECT customer_id, toInt64(count()) AS orders,
  toInt64({as_of:Date}) - toInt64(max(o.ordered_on)) AS days_since_last_order,
  toInt64(max(o.ordered_on)) - toInt64(min(o.ordered_on)) AS first_to_last_days,
  toInt64(sum(o.amount_minor)) AS spent_minor,
  toInt64(countIf(o.discount_minor > 0)) AS discounted_orders
FROM {{counted_orders}} AS o
WHERE customer_id != 0
GROUP BY customer_id
ORDER BY customer_id
