-- row: one of tickets, as its last row in the file says
INSERT INTO load_tickets (ticket_key, customer_id, opened_at, opened_on, first_reply_minutes, closed_at, reason, is_complaint,
  satisfaction, channel, store_key, source)
SELECT ticket_key, customer_id, opened_at, opened_on, first_reply_minutes, closed_at, reason, is_complaint,
  satisfaction, channel, store_key, source
FROM load_entities
WHERE row GLOBAL IN (SELECT max(row) FROM load_entities GROUP BY ticket_key)
