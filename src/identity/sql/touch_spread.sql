-- row: a visitor or former number of a touched user id
INSERT INTO identity_ids (id)
SELECT DISTINCT visitor
FROM event_claims
WHERE user_id GLOBAL IN (SELECT id FROM identity_ids) AND visitor GLOBAL NOT IN (SELECT id FROM identity_ids)
