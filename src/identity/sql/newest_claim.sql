-- row: how far the claims go
SELECT toUInt64(max(claim)) AS claim FROM event_claims
