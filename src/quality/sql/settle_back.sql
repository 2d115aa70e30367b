-- row: an order whose rows are put among the others from aside: fresh and corrected, released, or lost there
INSERT INTO settle_found (list, order_key)
SELECT {list:String}, order_key
FROM (
  SELECT order_key FROM settle_keys WHERE is_fix = 1 AND order_key GLOBAL IN ({{fresh}})
  UNION ALL
  SELECT order_key FROM settle_found WHERE list = 'released' AND order_key GLOBAL IN (SELECT order_key FROM {{aside}})
  UNION ALL
  SELECT order_key
  FROM settle_keys
  WHERE is_fix = 1 AND order_key GLOBAL IN (SELECT order_key FROM {{aside}}) AND order_key GLOBAL NOT IN (
    SELECT order_key FROM {{table}} WHERE order_key GLOBAL IN (SELECT order_key FROM settle_keys WHERE is_fix = 1))) AS put
