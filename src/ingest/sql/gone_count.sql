-- row: how many keys are gone
SELECT toUInt64(uniqExact(key)) AS rows FROM load_gone
