-- row: events of one source and name
SELECT source, kind, name, toUInt64(count()) AS events, toUInt64(uniqExactIf(customer_id, customer_id != 0)) AS customers,
  toUInt64(countIf(customer_id = 0)) AS events_unknown, min(occurred_at) AS first_at, max(received_at) AS last_at
FROM events
WHERE occurred_on >= {from:Date}
GROUP BY source, kind, name
ORDER BY events DESC, source, kind, name
LIMIT 1000
