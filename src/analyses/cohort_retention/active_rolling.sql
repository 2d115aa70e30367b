-- row  a step in which customers ordered and how many steps later they last ordered
-- Customers who came even later stand at `periods`.
-- fragments step (the number of the day, week, month or quarter of ordered_on)
SELECT toInt64(cohort) AS cohort, toInt64(later) AS later, toInt64(count()) AS value, toInt64(count()) AS size
FROM (
  SELECT cohort, least(toInt64(last_step - cohort), {periods:Int64}) AS later
  FROM (
    SELECT customer_id, arrayDistinct(groupArray(step)) AS steps, arrayReduce('max', steps) AS last_step
    FROM (
      SELECT customer_id, {{step}} AS step
      FROM {{counted_orders}} AS o
      WHERE customer_id > 0 AND ordered_on >= {begin:Date}) AS order_steps
    GROUP BY customer_id) AS customers
  ARRAY JOIN steps AS cohort) AS lives
WHERE cohort >= {first:Int64} AND cohort < {end:Int64}
GROUP BY cohort, later
