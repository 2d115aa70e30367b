-- row: the number of events
SELECT toUInt64(count()) AS rows FROM events
