-- row: a month of the table with a row of an order that is gone
SELECT DISTINCT toInt64(toYYYYMM(ordered_on)) AS month
FROM {{table}}
WHERE order_key GLOBAL IN (SELECT key FROM load_gone)
ORDER BY month
