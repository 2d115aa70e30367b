-- row  an account whose member number begins with a text; the table is in the order of the keys
SELECT toUInt64(customer_id) AS account, key
FROM identities
WHERE kind = 'member' AND key >= {from:String} AND key < {to:String}
ORDER BY key, account
LIMIT {limit:UInt64}
