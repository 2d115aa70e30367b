-- row        a value and how many customers or products have it, the highest first
-- fragments  valued (valued_customers or valued_products); columns of theirs: value and known are 0 where it is unknown
SELECT toInt64(known) AS known, value, toInt64(count()) AS items
FROM {{valued}} AS v
GROUP BY known, value
ORDER BY known DESC, value DESC
