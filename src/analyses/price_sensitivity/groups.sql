-- row        a group and a number of orders
-- columns    dependence: 0 too few orders, 1 full price, 2 mixed, 3 dependent on discounts
-- fragments  part, whole (columns of customer_discounts)
SELECT dependence, orders, toInt64(count()) AS customers, toInt64(sum(discounted_orders)) AS discounted,
  toInt64(sum(spent_minor)) AS spent, toInt64(sum(list_minor)) AS list, toInt64(sum(saved_minor)) AS saved,
  toInt64(sum(kept_minor)) AS kept, toInt64(sum(margin_minor)) AS margin
FROM (
  SELECT orders, discounted_orders, spent_minor, list_minor, saved_minor, kept_minor, margin_minor,
    toInt64(multiIf(orders < {least:Int64} OR {{whole}} <= 0, 0, {{part}} / {{whole}} >= {high:Float64}, 3,
      {{part}} / {{whole}} <= {low:Float64}, 1, 2)) AS dependence
  FROM {{customer_discounts}} AS c) AS g
GROUP BY dependence, orders
ORDER BY dependence, orders
