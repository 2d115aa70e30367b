-- row: a month of a table of orders, lines or staged rows
SELECT toUInt32(toYYYYMM(ordered_on)) AS month, toUInt64(count()) AS rows
FROM {{table}}
GROUP BY month
ORDER BY month
