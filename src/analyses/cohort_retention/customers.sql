-- row  a cohort (the step of the first order) and a number of steps later in which any of its customers ordered
-- fragments step (the number of the week, month or quarter of ordered_on)
SELECT toInt64(cohort) AS cohort, toInt64(later) AS later, toInt64(count()) AS value, toInt64(countIf(later = 0)) AS size
FROM (
  SELECT cohort, step - cohort AS later
  FROM (
    SELECT customer_id, arrayDistinct(groupArray(step)) AS steps, arrayReduce('min', steps) AS cohort
    FROM (
      SELECT customer_id, {{step}} AS step
      FROM {{counted_orders}} AS o
      WHERE customer_id > 0 AND ordered_on >= {begin:Date}
        AND bitXor(customer_id, 0) NOT IN {{earlier_customers}}) AS order_steps
    GROUP BY customer_id) AS customers
  ARRAY JOIN steps AS step) AS visits
WHERE cohort >= {first:Int64} AND cohort < {end:Int64} AND later <= {periods:Int64}
GROUP BY cohort, later
