-- row: the newest account
SELECT toUInt64(max(customer_id)) AS account FROM identities
