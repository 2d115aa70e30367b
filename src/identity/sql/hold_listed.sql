-- row: an account that holds a key of a touched account
INSERT INTO identity_held (kind, key, account_id)
SELECT kind, key, customer_id
FROM identities
WHERE kind = {kind:String} AND key GLOBAL IN (SELECT key FROM identity_keys WHERE kind = {kind:String})
