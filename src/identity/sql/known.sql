-- row: how far the keys go
SELECT toUInt64(max(batch)) AS batch FROM identities
