-- row: a product whose cost is another than the one that the orders have
SELECT product_key
FROM (
  SELECT product_key, cost_minor FROM products WHERE isNotNull(cost_minor)
  UNION ALL
  SELECT product_key, cost_minor FROM settled_costs) AS both
GROUP BY product_key
HAVING count() = 1 OR min(cost_minor) != max(cost_minor)
