-- row: a visitor or former number that was claimed since
INSERT INTO identity_ids (id)
SELECT DISTINCT visitor FROM event_claims WHERE claim > {claim:UInt64}
