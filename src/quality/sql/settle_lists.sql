-- row: a list of keys that is not empty
SELECT list, toUInt64(count()) AS rows FROM settle_found GROUP BY list ORDER BY list
