-- row  a cohort (the step of the first order) and a number of steps later: orders and amount of its customers
-- Everything later than `periods` stands at `periods` + 1, so that the sizes of a cohort's rows add
-- up to its customers: each is counted once, at one of its orders.
-- fragments step (the number of the week, month or quarter of ordered_on), total (orders or amount)
SELECT toInt64(cohort) AS cohort, toInt64(later) AS later, toInt64({{total}}) AS value, toInt64(countIf(nth = 1)) AS size
FROM (
  SELECT cohort, nth, amount, least(toInt64(step - cohort), {periods:Int64} + 1) AS later
  FROM (
    SELECT customer_id, groupArray(step) AS steps, groupArray(amount_minor) AS amounts,
           arrayReduce('min', steps) AS cohort
    FROM (
      SELECT customer_id, {{step}} AS step, amount_minor
      FROM {{counted_orders}} AS o
      WHERE customer_id > 0 AND ordered_on >= {begin:Date}
        AND bitXor(customer_id, 0) NOT IN {{earlier_customers}}) AS order_steps
    GROUP BY customer_id) AS customers
  ARRAY JOIN steps AS step, amounts AS amount, arrayEnumerate(steps) AS nth) AS visits
WHERE cohort >= {first:Int64} AND cohort < {end:Int64}
GROUP BY cohort, later
