-- row: how many events there are
SELECT toUInt64(count()) AS events FROM events
