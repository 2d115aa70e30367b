-- row  a cohort (the step of the first order) and how many steps later its customers last ordered
-- Customers who came even later stand at `periods`.
-- fragments step (the number of the week, month or quarter of ordered_on)
SELECT toInt64(cohort) AS cohort, toInt64(later) AS later, toInt64(count()) AS value, toInt64(count()) AS size
FROM (
  SELECT cohort, least(toInt64(last_step - cohort), {periods:Int64}) AS later
  FROM (
    SELECT customer_id, min(step) AS cohort, max(step) AS last_step
    FROM (
      SELECT customer_id, {{step}} AS step
      FROM {{counted_orders}} AS o
      WHERE customer_id > 0 AND ordered_on >= {begin:Date}
        AND bitXor(customer_id, 0) NOT IN {{earlier_customers}}) AS order_steps
    GROUP BY customer_id) AS customers) AS lives
WHERE cohort >= {first:Int64} AND cohort < {end:Int64}
GROUP BY cohort, later
