-- row       a store or channel, before the window or in it: orders, and those with a refund
-- fragments item (a column)
SELECT {{item}} AS item, toInt64(ordered_on >= {begin:Date}) AS now, toInt64(count()) AS trials,
  toInt64(countIf(refund_minor > 0)) AS hits
FROM {{counted_orders}} AS o
WHERE {{item}} != ''
GROUP BY item, now
