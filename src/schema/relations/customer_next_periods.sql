-- relation  customer_next_periods
-- row       a customer in a bucket of [begin, end), with whether she bought in the bucket after it
-- fragments bucket, next_bucket (of the column bucket), dims
SELECT bucket{{dims}}, customer_id, has(buckets, {{next_bucket}}) AS bought_next
FROM (
  SELECT customer_id{{dims}}, buckets, arrayJoin(buckets) AS bucket
  FROM (
    SELECT customer_id{{dims}}, arrayDistinct(groupArray({{bucket}})) AS buckets
    FROM {{counted_orders}} AS o
    WHERE customer_id != 0 AND (ordered_on < {end:Date} OR ordered_on >= {next_from:Date})
    GROUP BY customer_id{{dims}}
  ) AS c
) AS b
WHERE bucket < {end:Date}
