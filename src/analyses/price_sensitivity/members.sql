-- row        a customer of one group, the highest amounts first
-- fragments  part, whole (columns of customer_discounts)
SELECT g.customer_id AS customer_id, k.customer_key AS customer_key, g.orders AS orders,
  g.discounted_orders AS discounted_orders, g.spent_minor AS spent_minor, g.saved_minor AS saved_minor
FROM (
  SELECT customer_id, orders, discounted_orders, spent_minor, saved_minor
  FROM {{customer_discounts}} AS c
  WHERE toInt64(multiIf(orders < {least:Int64} OR {{whole}} <= 0, 0, {{part}} / {{whole}} >= {high:Float64}, 3,
    {{part}} / {{whole}} <= {low:Float64}, 1, 2)) = {dependence:Int64}
  ORDER BY spent_minor DESC, customer_id
  LIMIT {limit:UInt32}) AS g
ANY LEFT JOIN (SELECT customer_id, customer_key FROM customers) AS k USING customer_id
ORDER BY spent_minor DESC, customer_id
