-- row      a customer among some, with the counted orders before `as_of`
-- fragments status_policy, amount
SELECT toUInt64(customer_id) AS customer, toInt64(count()) AS orders, toInt64(sum({{amount}})) AS amount_minor,
  toInt64(max(ordered_on)) AS last_day
FROM orders
WHERE customer_id IN (SELECT toUInt64(arrayJoin({customers:Array(Int64)})) AS customer_id)
  AND ordered_on < {as_of:Date} AND ({{status_policy}})
GROUP BY customer_id
