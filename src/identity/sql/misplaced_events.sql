-- row: a month with touched events that do not stand where they belong
SELECT toUInt32(toYYYYMM(occurred_on)) AS month, toUInt64(count()) AS rows
FROM ({{events_touched}}) AS touched
GLOBAL ANY LEFT JOIN (SELECT user_id, anonymous_id, owner FROM identity_owners) AS owners USING (user_id, anonymous_id)
WHERE owner != customer_id
GROUP BY month
ORDER BY month
