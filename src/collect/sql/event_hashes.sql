-- row: an event
SELECT toInt64(message_hash) AS message_hash FROM events
