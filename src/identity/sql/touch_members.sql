-- row: a user id of events that has become a member's number since a batch
INSERT INTO identity_ids (id)
SELECT DISTINCT key FROM identities
WHERE kind = 'member' AND batch > {batch:UInt64} AND key GLOBAL IN (SELECT user_id FROM ({{users_met}}) AS met)
