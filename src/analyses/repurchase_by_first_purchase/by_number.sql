-- row      a month of first purchases and a number (units or amount) of the first purchase day
-- columns  known: 0 if the number is not known; customers: those watched for `days` days at least; returned: of these,
--          with a second purchase within `days` days; young: customers not watched that long
-- fragments number, number_known (aggregates over the orders of a day)
SELECT toInt64(toRelativeMonthNum(first_on)) AS month, toInt64(known) AS known, toInt64(number) AS number,
  toInt64(countIf(watched)) AS customers, toInt64(countIf(watched AND returned)) AS returned,
  toInt64(countIf(NOT watched)) AS young
FROM (
  SELECT customer_id, min(day) AS first_on, argMin(day_known, day) AS known, argMin(day_number, day) AS number,
    toInt64({to:Date}) - 1 - toInt64(first_on) >= {days:Int64} AS watched,
    count() > 1 AND toInt64(arraySort(groupArray(day))[2]) - toInt64(first_on) <= {days:Int64} AS returned
  FROM (
    SELECT customer_id, ordered_on AS day, {{number_known}} AS day_known, {{number}} AS day_number
    FROM {{counted_orders}} AS o
    WHERE customer_id != 0
    GROUP BY customer_id, ordered_on) AS days_of_customers
  GROUP BY customer_id
  HAVING first_on >= {begin:Date} AND first_on < {end:Date}) AS first_purchases
GROUP BY month, known, number
