-- row       a customer known by the instant, with the values of many facts and a fingerprint of the rows they read
-- method    as in people.sql, with joins by customer: of many columns they take a fraction of the work of a union
-- fragments values, prints (the sums of each source), recent (the sum of those of recent rows), sources
SELECT person AS customer_id{{values}}, cityHash64({{prints}}) AS fingerprint, toUInt64({{recent}}) AS recent_fingerprint
FROM (
{{sources}}
) AS w
WHERE registered = 1 OR early = 1 OR (registered = 0 AND late = 0)
