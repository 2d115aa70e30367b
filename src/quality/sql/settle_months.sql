-- row: a month out of which or into which rows go
SELECT month
FROM (
  SELECT toUInt32(toYYYYMM(ordered_on)) AS month
  FROM {{table}}
  WHERE order_key GLOBAL IN ({{fresh}}) OR order_key GLOBAL IN ({{back}})
  UNION ALL
  SELECT toUInt32(toYYYYMM(ordered_on)) AS month FROM {{target}}) AS months
GROUP BY month
ORDER BY month
