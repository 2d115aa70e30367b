-- row: how many keys a list holds
SELECT toUInt64(count()) AS rows FROM {{table}}
