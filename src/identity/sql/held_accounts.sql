-- row: an account that holds a key of a touched account
SELECT DISTINCT toUInt64(account_id) AS account FROM identity_held ORDER BY account
