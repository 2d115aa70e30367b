-- row: one of events, as its last row in the file says
INSERT INTO load_events (message_id, message_hash, customer_id, user_id, anonymous_id, kind, name, occurred_at, occurred_on, received_at,
  session_id, page, duration_seconds, product_key, category, channel, campaign, amount_minor, properties, source)
SELECT message_id, message_hash, customer_id, user_id, anonymous_id, kind, name, occurred_at, occurred_on, received_at,
  session_id, page, duration_seconds, product_key, category, channel, campaign, amount_minor, properties, source
FROM load_entities
WHERE row GLOBAL IN (SELECT max(row) FROM load_entities GROUP BY message_id)
