-- row: one of tickets that the batch does not bring
INSERT INTO load_tickets (ticket_key, customer_id, opened_at, opened_on, first_reply_minutes, closed_at, reason, is_complaint,
  satisfaction, channel, store_key, source)
SELECT ticket_key, customer_id, opened_at, opened_on, first_reply_minutes, closed_at, reason, is_complaint,
  satisfaction, channel, store_key, source
FROM tickets
WHERE (source, ticket_key) GLOBAL NOT IN (SELECT source, ticket_key FROM load_tickets)
