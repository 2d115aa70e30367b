-- row: an account that holds a key
SELECT DISTINCT kind, toUInt64(customer_id) AS account
FROM identities
WHERE key = {key:String} AND ({kind:String} = '' OR kind = {kind:String})
ORDER BY account
LIMIT 1000
