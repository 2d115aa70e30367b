-- row: how far the keys go
SELECT toUInt64(max(batch)) AS batch, toUInt64(max(customer_id)) AS largest_account FROM identities
