-- row  a number of steps of the period, and how many known customers were active in so many
-- fragments active (rows of customers with a day ordered_on), step (the number of its day, week, month or quarter)
SELECT toInt64(steps) AS steps, toInt64(count()) AS customers
FROM (
  SELECT customer_id, uniqExact({{step}}) AS steps
  FROM {{active}} AS a
  WHERE customer_id != 0 AND ordered_on >= {begin:Date} AND ordered_on < {end:Date}
  GROUP BY customer_id) AS customers
GROUP BY steps
ORDER BY steps
