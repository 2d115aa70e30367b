-- row: a line, as it came, of an order that is aside: of one under quarantine it is aside too, of one that was corrected
-- only if the correction moved it
SELECT order_key, status, product_key, quantity_milli, own_cost_minor FROM aside_lines
UNION ALL
SELECT order_key, status, product_key, quantity_milli, own_cost_minor
FROM order_lines
WHERE order_key GLOBAL IN (SELECT order_key FROM aside_orders)
  AND order_key GLOBAL NOT IN (SELECT order_key FROM aside_lines)
