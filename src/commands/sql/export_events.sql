-- Events of the days [from, to), oldest first.
SELECT
    message_id, toUInt64(customer_id) AS customer_id, user_id, anonymous_id, kind, name, occurred_at, occurred_on,
    session_id, page, duration_seconds, product_key, category, channel, campaign, amount_minor, properties, source
FROM events
WHERE occurred_on >= {from:Date} AND occurred_on < {to:Date}
ORDER BY occurred_at, source, message_id
