-- row       an account with rows that the passing of days can move into a condition or out of it, into segment_changed
-- fragments table, rows (a condition)
INSERT INTO segment_changed (part, customer_id, print, was)
SELECT {days_part:UInt64} AS part, customer_id, toUInt64(0) AS print, toUInt64(0) AS was
FROM {{table}}
WHERE customer_id != 0 AND ({{rows}})
GROUP BY customer_id
