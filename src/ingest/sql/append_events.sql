-- row: an event that is not there yet
INSERT INTO events (message_id, message_hash, customer_id, user_id, anonymous_id, kind, name, occurred_at, occurred_on, received_at,
  session_id, page, duration_seconds, product_key, category, channel, campaign, amount_minor, properties, source)
SELECT message_id, message_hash, customer_id, user_id, anonymous_id, kind, name, occurred_at, occurred_on, received_at,
  session_id, page, duration_seconds, product_key, category, channel, campaign, amount_minor, properties, source
FROM load_events
WHERE (source, message_id) GLOBAL NOT IN (
  SELECT source, message_id FROM events
  WHERE message_hash GLOBAL IN (SELECT message_hash FROM load_events))
