-- row: a key of a customer
SELECT toUInt64(customer_id) AS customer_id, key
FROM identities
WHERE kind = {kind:String}
