-- row       a part with accounts that changed
SELECT toInt64(part) AS changed_part, toInt64(count()) AS accounts
FROM segment_changed
GROUP BY part
