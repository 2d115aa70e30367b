-- row       how many prints are kept
SELECT toInt64(count()) AS prints
FROM segment_prints
