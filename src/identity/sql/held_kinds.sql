-- row: a kind of key of touched accounts, and the newest account that holds one
SELECT kind, toUInt64(max(account_id)) AS largest_account FROM identity_held GROUP BY kind
