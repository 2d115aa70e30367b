-- row       how many rows a table has
-- fragments table
SELECT toInt64(count()) AS rows
FROM {{table}}
