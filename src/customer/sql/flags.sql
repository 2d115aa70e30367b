-- row  a rule of quality that an order of a person breaks, as the last check saw it
SELECT key, rule
FROM flagged
WHERE has({accounts:Array(Int64)}, toInt64(customer_id))
ORDER BY key, rule
LIMIT 10000
