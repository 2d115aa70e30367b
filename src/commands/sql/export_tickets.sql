-- Every contact with service, oldest first.
SELECT
    ticket_key, toUInt64(customer_id) AS customer_id, opened_at, opened_on, first_reply_minutes, closed_at, reason,
    toInt64(is_complaint) AS is_complaint, satisfaction, channel, store_key, source
FROM tickets
ORDER BY opened_at, ticket_key, source
