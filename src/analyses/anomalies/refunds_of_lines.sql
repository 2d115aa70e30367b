-- row       a product or category, before the window or in it: orders with it, and those of them with a refund
-- fragments item (a column of lines)
SELECT item, now, toInt64(count()) AS trials, toInt64(countIf(refunded = 1)) AS hits
FROM (
  SELECT customer_id, order_key, groupUniqArray(item) AS items, toInt64(max(ordered_on) >= {begin:Date}) AS now,
    max(was_refunded) AS refunded, max(is_order) AS known
  FROM (
    SELECT customer_id, order_key, ordered_on, {{item}} AS item, toUInt8(0) AS was_refunded, toUInt8(0) AS is_order
    FROM {{counted_lines}} AS l
    UNION ALL
    SELECT customer_id, order_key, ordered_on, '' AS item, toUInt8(refund_minor > 0) AS was_refunded, toUInt8(1) AS is_order
    FROM {{counted_orders}} AS o
  ) AS parts
  GROUP BY customer_id, order_key
) AS orders_with_items
ARRAY JOIN items AS item
WHERE item != '' AND known = 1
GROUP BY item, now
