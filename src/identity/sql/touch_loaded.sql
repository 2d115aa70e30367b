-- row: an id of events that came by a load: under an account that is joined to another, or of a visitor who was claimed
INSERT INTO identity_ids (id)
SELECT DISTINCT if(user_id = '', anonymous_id, user_id)
FROM events
WHERE customer_id GLOBAL IN (SELECT account_id FROM ({{persons}}) AS persons)
  OR (customer_id = 0 AND user_id = '' AND anonymous_id GLOBAL IN (SELECT visitor FROM event_claims))
