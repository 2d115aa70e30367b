-- row: a month that holds rows of orders in the batch
SELECT toUInt32(toYYYYMM(ordered_on)) AS month, toUInt64(count()) AS rows
FROM {{table}}
WHERE cityHash64(order_key) GLOBAL IN (SELECT cityHash64(order_key) FROM {{batch}})
GROUP BY month
ORDER BY month
