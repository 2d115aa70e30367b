-- row      what a person did beside ordering, before `until`: tickets, surveys, events
-- columns  marked: complaints, answers with a score, page views; nps, csat: the last answer's; last_counted: the last day with an event before `as_of`
SELECT 'tickets' AS what, toInt64(count()) AS number, toInt64(countIf(is_complaint = 1)) AS marked,
  toInt64(max(toUInt32(opened_at))) AS last_at, CAST(NULL AS Nullable(Int64)) AS nps, CAST(NULL AS Nullable(Int64)) AS csat,
  CAST(NULL AS Nullable(Int64)) AS last_counted
FROM tickets
WHERE customer_id IN (SELECT toUInt64(arrayJoin({accounts:Array(Int64)})) AS customer_id) AND opened_on < {until:Date}
UNION ALL
SELECT 'surveys' AS what, toInt64(count()) AS number, toInt64(countIf(isNotNull(score))) AS marked,
  toInt64(max(toUInt32(answered_at))) AS last_at,
  if(countIf(lower(kind) = 'nps' AND isNotNull(score)) = 0, NULL,
    toInt64(argMaxIf(ifNull(score, 0), (answered_at, survey_key), lower(kind) = 'nps' AND isNotNull(score)))) AS nps,
  if(countIf(lower(kind) = 'csat' AND isNotNull(score)) = 0, NULL,
    toInt64(argMaxIf(ifNull(score, 0), (answered_at, survey_key), lower(kind) = 'csat' AND isNotNull(score)))) AS csat,
  CAST(NULL AS Nullable(Int64)) AS last_counted
FROM surveys
WHERE customer_id IN (SELECT toUInt64(arrayJoin({accounts:Array(Int64)})) AS customer_id) AND answered_on < {until:Date}
UNION ALL
SELECT 'events' AS what, toInt64(count()) AS number, toInt64(countIf(kind = 'page')) AS marked,
  toInt64(max(toUInt32(occurred_at))) AS last_at, CAST(NULL AS Nullable(Int64)) AS nps, CAST(NULL AS Nullable(Int64)) AS csat,
  if(countIf(occurred_on < {as_of:Date}) = 0, NULL, toInt64(maxIf(occurred_on, occurred_on < {as_of:Date}))) AS last_counted
FROM events
WHERE customer_id IN (SELECT toUInt64(arrayJoin({accounts:Array(Int64)})) AS customer_id) AND occurred_on < {until:Date}
