-- row       a day with a counted order of a known customer
SELECT customer_id, toUInt16(ordered_on) AS day, toUInt8(1) AS is_order
FROM {{counted_orders}} AS o
WHERE customer_id != 0
