-- row  a step in which customers ordered and a number of steps later in which any of them ordered
-- fragments step (the number of the day, week, month or quarter of ordered_on)
SELECT toInt64(cohort) AS cohort, toInt64(later) AS later, toInt64(count()) AS value, toInt64(countIf(later = 0)) AS size
FROM (
  SELECT cohort, step - cohort AS later
  FROM (
    SELECT steps, cohort
    FROM (
      SELECT customer_id, arrayDistinct(groupArray(step)) AS steps
      FROM (
        SELECT customer_id, {{step}} AS step
        FROM {{counted_orders}} AS o
        WHERE customer_id > 0 AND ordered_on >= {begin:Date}) AS order_steps
      GROUP BY customer_id) AS customers
    ARRAY JOIN steps AS cohort) AS starts
  ARRAY JOIN steps AS step) AS visits
WHERE cohort >= {first:Int64} AND cohort < {end:Int64} AND later >= 0 AND later <= {periods:Int64}
GROUP BY cohort, later
