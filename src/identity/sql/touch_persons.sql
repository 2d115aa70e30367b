-- row: the person of a touched account
INSERT INTO identity_touched (account_id)
SELECT person
FROM ({{persons}}) AS persons
WHERE account_id GLOBAL IN (SELECT account_id FROM identity_touched)
