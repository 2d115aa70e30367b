-- Rows of one table.
SELECT toUInt64(count()) AS rows FROM {{table}}
