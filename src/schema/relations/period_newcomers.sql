-- relation  period_newcomers
-- row       the known buyers of a bucket, or those of them whose first purchase ever lies in it
-- columns   newcomers_with_one: newcomers with one purchase in the bucket; first_minor: amount of first purchases
-- fragments bucket, first_bucket, second_bucket, dims, purchase_days (those from begin on), first_amount
SELECT {{bucket}} AS bucket{{dims}}, uniqExact(customer_id) AS buyers, sum(amount_minor) AS spent_minor,
  toUInt64(0) AS newcomers, toUInt64(0) AS newcomers_with_one, toInt64(0) AS first_minor
FROM {{counted_orders}} AS o
WHERE customer_id != 0 AND ordered_on >= {begin:Date}
GROUP BY bucket{{dims}}
UNION ALL
SELECT bucket{{dims}}, toUInt64(0) AS buyers, toInt64(0) AS spent_minor,
  count() AS newcomers, countIf(alone) AS newcomers_with_one, sum(opening_minor) AS first_minor
FROM (
  SELECT {{first_bucket}} AS bucket{{dims}}, opening_minor,
    orders = 1 OR {{second_bucket}} != {{first_bucket}} AS alone
  FROM (
    SELECT customer_id{{dims}}, first_on, length(days) AS orders, days[2] AS second_on, opening_minor
    FROM (
      SELECT customer_id{{dims}}, min(ordered_on) AS first_on, arraySort({{purchase_days}}) AS days,
        {{first_amount}} AS opening_minor
      FROM {{counted_orders}} AS o
      WHERE customer_id != 0 AND ordered_on >= {begin:Date}
        AND (bitXor(customer_id, 0){{dims}}) NOT IN {{earlier_customers}}
      GROUP BY customer_id{{dims}}
    ) AS c
  ) AS f
) AS n
GROUP BY bucket{{dims}}
