-- row      a period in which known customers ordered
-- columns  newcomers: first order ever; returning: ordered in the period before too; resurrecting: ordered earlier,
--          but not in the period before; leaving: do not order in the period after
-- fragments step (the number of the period of ordered_on)
SELECT toInt64(at) AS period,
  toInt64(countIf(at_before < 0)) AS newcomers,
  toInt64(countIf(at - at_before = 1)) AS returning,
  toInt64(countIf(at_before >= 0 AND at - at_before > 1)) AS resurrecting,
  toInt64(countIf(at_after - at > 1)) AS leaving
FROM (
  SELECT customer_id,
    arraySort(arrayDistinct(groupArray(step))) AS steps,
    arrayPushFront(arrayPopBack(steps), toInt32(-1000000)) AS steps_before,
    arrayPushBack(arrayPopFront(steps), toInt32(1000000)) AS steps_after
  FROM (
    SELECT customer_id, {{step}} AS step
    FROM {{counted_orders}} AS o
    WHERE customer_id != 0) AS order_steps
  GROUP BY customer_id) AS customers
ARRAY JOIN steps AS at, steps_before AS at_before, steps_after AS at_after
WHERE at >= {first:Int64} AND at < {end:Int64}
GROUP BY at
