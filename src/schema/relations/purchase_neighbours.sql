-- relation  purchase_neighbours
-- row       a purchase of a known customer in [from, to) with the days of the ones before and after it
-- columns   day, day_before, day_after: days since 1970-01-01; -1000000 and 1000000 where there is none
-- fragments dims, purchase_day_numbers (the days of purchases as an array)
SELECT customer_id{{dims}}, day, day_before, day_after
FROM (
  SELECT customer_id{{dims}},
    arraySort({{purchase_day_numbers}}) AS days,
    arrayPushFront(arrayPopBack(days), toInt32(-1000000)) AS days_before,
    arrayPushBack(arrayPopFront(days), toInt32(1000000)) AS days_after
  FROM {{counted_orders}} AS o
  WHERE customer_id != 0
  GROUP BY customer_id{{dims}}
) AS c
ARRAY JOIN days AS day, days_before AS day_before, days_after AS day_after
