-- row: a hash of a key that a touched account holds
SELECT cityHash64(key)
FROM identities
WHERE kind = {kind:String} AND customer_id GLOBAL IN (SELECT account_id FROM identity_touched)
