-- row: a hash of a key that two accounts hold
SELECT cityHash64(key)
FROM identities
WHERE kind = {kind:String}
GROUP BY cityHash64(key)
HAVING min(customer_id) != max(customer_id)
