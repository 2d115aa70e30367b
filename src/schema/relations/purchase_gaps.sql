-- relation  purchase_gaps
-- row       a purchase of a known customer from `begin` on with the day of the one before it, which may be earlier
-- columns   day, day_before: days since 1970-01-01; 0 where there is none before
-- fragments dims, period_day_numbers (the days of purchases from begin on as an array)
SELECT customer_id{{dims}}, day, day_before
FROM (
  SELECT customer_id{{dims}},
    arraySort({{period_day_numbers}}) AS days,
    arrayPushFront(arrayPopBack(days), toInt32(maxIf(ordered_on, ordered_on < {begin:Date}))) AS days_before
  FROM {{counted_orders}} AS o
  WHERE customer_id != 0
  GROUP BY customer_id{{dims}}
  HAVING length(days) > 0
) AS c
ARRAY JOIN days AS day, days_before AS day_before
