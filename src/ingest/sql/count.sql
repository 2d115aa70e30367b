-- row: the number of rows of a table
SELECT toUInt64(count()) AS rows FROM {{table}}
