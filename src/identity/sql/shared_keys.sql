-- row: an account that holds a key, key after key
SELECT key, toUInt64(account_id) AS account
FROM ({{held}}) AS held
ORDER BY key, account
