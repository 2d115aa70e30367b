-- row: how many products, lines and orders of these days have a cost that is not the order's own
SELECT toUInt64(sum(rows)) AS rows
FROM (
  SELECT toUInt64(count()) AS rows FROM products WHERE isNotNull(cost_minor)
  UNION ALL
  SELECT toUInt64(count()) AS rows
  FROM order_lines
  WHERE ordered_on >= {from:Date} AND ordered_on < {to:Date} AND isNotNull(own_cost_minor)
  UNION ALL
  SELECT toUInt64(count()) AS rows
  FROM orders
  WHERE ordered_on >= {from:Date} AND ordered_on < {to:Date} AND isNotNull(cost_minor) AND isNull(own_cost_minor)
) AS known
