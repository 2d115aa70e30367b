-- row: an event with a touched id
SELECT occurred_on, customer_id, user_id, anonymous_id
FROM events
WHERE user_id GLOBAL IN (SELECT id FROM identity_ids) OR anonymous_id GLOBAL IN (SELECT id FROM identity_ids)
