-- row: how many products have another cost
SELECT toUInt64(count()) AS rows FROM ({{changed}}) AS changed
