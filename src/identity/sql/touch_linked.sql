-- row: a user id of events whose account was joined or parted since a run
INSERT INTO identity_ids (id)
SELECT DISTINCT key FROM identities
WHERE kind = 'member' AND customer_id GLOBAL IN (SELECT account_id FROM ({{changed}}) AS changed)
  AND key GLOBAL IN (SELECT user_id FROM ({{users_met}}) AS met)
