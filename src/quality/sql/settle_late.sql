-- row: a corrected order with other lines than those aside: they came in after the correction
INSERT INTO settle_found (list, order_key)
SELECT 'late_lines', order_key
FROM (
  SELECT order_key, sum({{content}}) AS here
  FROM order_lines
  WHERE order_key GLOBAL IN (SELECT order_key FROM settle_keys WHERE moves_lines = 1)
  GROUP BY order_key
) AS held
GLOBAL ANY LEFT JOIN (
  SELECT order_key, sum({{content}}) AS there
  FROM aside_lines
  WHERE order_key GLOBAL IN (SELECT order_key FROM settle_keys WHERE moves_lines = 1)
  GROUP BY order_key
) AS kept USING (order_key)
WHERE here != there AND order_key GLOBAL NOT IN (SELECT order_key FROM settle_found WHERE list = 'fresh_lines')
  AND order_key GLOBAL IN (SELECT order_key FROM aside_orders)
