-- row  all known customers together: the shop's own level
SELECT toInt64(count()) AS customers, toInt64(sum(c.orders)) AS orders, toInt64(sum(c.discounted_orders)) AS discounted_orders,
  toInt64(sum(c.spent_minor)) AS spent_minor, toInt64(sum(c.discounted_spent_minor)) AS discounted_spent_minor
FROM {{customer_discounts}} AS c
