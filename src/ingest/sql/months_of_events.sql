-- row: how many months the batch spans
SELECT toUInt64(uniqExact(toYYYYMM(occurred_on))) AS months
FROM load_events
