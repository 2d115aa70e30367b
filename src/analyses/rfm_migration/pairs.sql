-- row      a customer with a counted order before `to`: what RFM scores at the close of the day before `begin` and of the
--          day before `to`
-- columns  days_*: since the last order, counted to `begin` and to `to`; orders_before is 0 for who came later
SELECT toInt64(countIf(o.ordered_on < {begin:Date})) AS orders_before,
  toInt64({begin:Date}) - toInt64(maxIf(o.ordered_on, o.ordered_on < {begin:Date})) AS days_before,
  toInt64(sumIf(o.amount_minor, o.ordered_on < {begin:Date})) AS spent_before,
  toInt64(count()) AS orders_after,
  toInt64({to:Date}) - toInt64(max(o.ordered_on)) AS days_after,
  toInt64(sum(o.amount_minor)) AS spent_after
FROM {{counted_orders}} AS o
WHERE customer_id != 0
GROUP BY customer_id
