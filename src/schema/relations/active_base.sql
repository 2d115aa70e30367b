-- relation  active_base
-- row       the known buyers of a bucket, or the customers who had bought by its last day
-- fragments bucket, dims; parameters keys and anchors: the first and last days of the buckets
SELECT {{bucket}} AS bucket{{dims}}, uniqExact(customer_id) AS active, toUInt64(0) AS customers
FROM {{counted_orders}} AS o
WHERE customer_id != 0 AND ordered_on >= {begin:Date}
GROUP BY bucket{{dims}}
UNION ALL
SELECT toDate(toUInt16(key)) AS bucket{{dims}}, toUInt64(0) AS active, sum(newcomers) AS customers
FROM (
  SELECT first_day{{dims}}, count() AS newcomers
  FROM (
    SELECT customer_id{{dims}}, toInt64(min(ordered_on)) AS first_day
    FROM {{counted_orders}} AS o
    WHERE customer_id != 0
    GROUP BY customer_id{{dims}}
  ) AS f
  GROUP BY first_day{{dims}}
) AS n
ARRAY JOIN {keys:Array(Int64)} AS key, {anchors:Array(Int64)} AS anchor
WHERE first_day <= anchor
GROUP BY bucket{{dims}}
