-- row: whether a number of ours is an account
SELECT toUInt64(count()) AS rows FROM identities WHERE customer_id = {account:UInt64}
