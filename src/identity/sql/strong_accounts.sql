-- row: an account with a key of its own, among those that share a device or a browser
SELECT DISTINCT toUInt64(customer_id) AS account
FROM identities
WHERE has({strong:Array(String)}, kind) AND customer_id GLOBAL IN (SELECT account_id FROM ({{held}}) AS held)
ORDER BY account
