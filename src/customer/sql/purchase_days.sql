-- row      a day before `as_of` on which a customer ordered
-- columns  orders and amount_minor of the orders that the status policy counts; the others of all orders
-- fragments status_policy, amount
SELECT toInt64(ordered_on) AS day,
  toInt64(countIf({{status_policy}})) AS orders,
  toInt64(sumIf({{amount}}, {{status_policy}})) AS amount_minor,
  toInt64(count()) AS all_orders,
  toInt64(countIf(status = 4)) AS cancelled_orders,
  toInt64(countIf(refund_minor > 0)) AS refunded_orders,
  toInt64(sum(refund_minor)) AS refunded_minor,
  toInt64(countIf(discount_minor > 0 AND ({{status_policy}}))) AS discounted_orders
FROM orders
WHERE customer_id = {customer:UInt64} AND ordered_on < {as_of:Date}
GROUP BY ordered_on
ORDER BY day
LIMIT 50000
