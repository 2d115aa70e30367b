-- row: a key of a touched account whose holders are not known yet
INSERT INTO identity_keys (kind, key)
SELECT DISTINCT kind, key
FROM identities
PREWHERE customer_id GLOBAL IN (SELECT account_id FROM identity_touched)
WHERE kind != 'member' AND (kind, key) GLOBAL NOT IN (SELECT kind, key FROM identity_held)
