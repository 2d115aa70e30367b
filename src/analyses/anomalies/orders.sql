-- row       a store, or '' for all orders, before the window or in it: orders
-- fragments item (a column or an empty text)
SELECT {{item}} AS item, toInt64(ordered_on >= {begin:Date}) AS now, toInt64(count()) AS trials
FROM {{counted_orders}} AS o
GROUP BY item, now
