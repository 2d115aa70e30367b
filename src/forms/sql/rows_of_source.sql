-- row: how many rows of the table a source has
SELECT toUInt64(count()) AS rows
FROM {{table}}
WHERE source = {source:String}
