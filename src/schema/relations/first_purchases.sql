-- relation  first_purchases
-- row       a customer whose first purchase lies in [begin, end), with what followed before `to`
-- columns   days_to_second: 1000000 if there was no second purchase; observed_days: whole days seen after the first
-- fragments first_bucket (of the column first_on), dims, purchase_days (days of purchases from begin on, as an array)
SELECT {{first_bucket}} AS bucket{{dims}}, customer_id, orders, first_on,
  if(orders >= 2, toInt64(second_on) - toInt64(first_on), toInt64(1000000)) AS days_to_second,
  toInt64({to:Date}) - 1 - toInt64(first_on) AS observed_days
FROM (
  SELECT customer_id{{dims}}, first_on, length(days) AS orders, days[2] AS second_on
  FROM (
    SELECT customer_id{{dims}}, min(ordered_on) AS first_on, arraySort({{purchase_days}}) AS days
    FROM {{counted_orders}} AS o
    WHERE customer_id != 0 AND ordered_on >= {begin:Date}
      AND (bitXor(customer_id, 0){{dims}}) NOT IN {{earlier_customers}}
    GROUP BY customer_id{{dims}}
    HAVING first_on < {end:Date}
  ) AS c
) AS f
