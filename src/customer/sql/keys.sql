-- row  a key of some accounts
SELECT toUInt64(customer_id) AS account, kind, key, source
FROM identities
WHERE has({accounts:Array(Int64)}, toInt64(customer_id))
ORDER BY account, kind != 'member', kind, key
LIMIT 1000
