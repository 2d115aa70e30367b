-- row: a row that a rule flagged
SELECT rule, key, customer_id, ordered_on, value
FROM flagged
WHERE {rule:String} = '' OR rule = {rule:String}
ORDER BY rule, ordered_on DESC, key
LIMIT {limit:UInt64}
