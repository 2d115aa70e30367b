-- row: an account that is joined to nobody
SELECT toUInt64(customer_id) AS account
FROM identities
WHERE kind = 'member' AND has({keys:Array(String)}, key)
ORDER BY account
