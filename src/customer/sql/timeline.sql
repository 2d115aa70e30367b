-- row      something that happened with a person before `until` and before the second `before`: the newest of each kind
-- columns  name: of the event, reason of the ticket, kind of survey, status of the order; detail: page, comment, campaign
SELECT 'order' AS kind, ordered_at AS at, toInt64(ordered_on) AS day, order_key AS key,
  toString(status) AS name, campaign AS detail, channel, store_key,
  CAST(gross_minor - discount_minor AS Nullable(Int64)) AS amount_minor, CAST(refund_minor AS Nullable(Int64)) AS refund_minor,
  CAST(NULL AS Nullable(Int64)) AS score, CAST(NULL AS Nullable(Int64)) AS minutes, CAST(lines AS Nullable(Int64)) AS lines
FROM (
  SELECT ordered_at, ordered_on, order_key, status, campaign, channel, store_key, gross_minor, discount_minor, refund_minor, lines
  FROM orders
  WHERE customer_id = {customer:UInt64} AND ordered_on < {until:Date} AND ordered_at < {before:DateTime}
  ORDER BY ordered_at DESC, order_key
  LIMIT {limit:UInt64}) AS o
UNION ALL
SELECT 'aside' AS kind, ordered_at AS at, toInt64(ordered_on) AS day, order_key AS key,
  toString(status) AS name, campaign AS detail, channel, store_key,
  CAST(gross_minor - discount_minor AS Nullable(Int64)) AS amount_minor, CAST(refund_minor AS Nullable(Int64)) AS refund_minor,
  CAST(NULL AS Nullable(Int64)) AS score, CAST(NULL AS Nullable(Int64)) AS minutes, CAST(lines AS Nullable(Int64)) AS lines
FROM (
  SELECT ordered_at, ordered_on, order_key, status, campaign, channel, store_key, gross_minor, discount_minor, refund_minor, lines
  FROM aside_orders
  WHERE customer_id = {customer:UInt64} AND ordered_on < {until:Date} AND ordered_at < {before:DateTime}
  ORDER BY ordered_at DESC, order_key
  LIMIT {limit:UInt64}) AS a
UNION ALL
SELECT 'event' AS kind, occurred_at AS at, toInt64(occurred_on) AS day, message_id AS key,
  if(event_name = '', event_kind, event_name) AS name, page AS detail, channel, '' AS store_key,
  amount_minor, CAST(NULL AS Nullable(Int64)) AS refund_minor,
  CAST(NULL AS Nullable(Int64)) AS score, CAST(NULL AS Nullable(Int64)) AS minutes, CAST(NULL AS Nullable(Int64)) AS lines
FROM (
  SELECT occurred_at, occurred_on, message_id, kind AS event_kind, name AS event_name, page, channel, amount_minor
  FROM events
  WHERE customer_id IN (SELECT toUInt64(arrayJoin({accounts:Array(Int64)})) AS customer_id)
    AND occurred_on < {until:Date} AND occurred_at < {before:DateTime}
  ORDER BY occurred_at DESC, message_id
  LIMIT {limit:UInt64}) AS e
UNION ALL
SELECT if(ifNull(is_complaint, 0) = 1, 'complaint', 'ticket') AS kind, opened_at AS at, toInt64(opened_on) AS day, ticket_key AS key,
  reason AS name, '' AS detail, channel, store_key,
  CAST(NULL AS Nullable(Int64)) AS amount_minor, CAST(NULL AS Nullable(Int64)) AS refund_minor,
  satisfaction AS score, first_reply_minutes AS minutes, CAST(NULL AS Nullable(Int64)) AS lines
FROM (
  SELECT opened_at, opened_on, ticket_key, reason, is_complaint, satisfaction, first_reply_minutes, channel, store_key
  FROM tickets
  WHERE customer_id IN (SELECT toUInt64(arrayJoin({accounts:Array(Int64)})) AS customer_id)
    AND opened_on < {until:Date} AND opened_at < {before:DateTime}
  ORDER BY opened_at DESC, ticket_key
  LIMIT {limit:UInt64}) AS t
UNION ALL
SELECT 'survey' AS kind, answered_at AS at, toInt64(answered_on) AS day, survey_key AS key,
  survey AS name, comment AS detail, channel, store_key,
  CAST(NULL AS Nullable(Int64)) AS amount_minor, CAST(NULL AS Nullable(Int64)) AS refund_minor,
  score, CAST(NULL AS Nullable(Int64)) AS minutes, CAST(NULL AS Nullable(Int64)) AS lines
FROM (
  SELECT answered_at, answered_on, survey_key, kind AS survey, comment, score, channel, store_key
  FROM surveys
  WHERE customer_id IN (SELECT toUInt64(arrayJoin({accounts:Array(Int64)})) AS customer_id)
    AND answered_on < {until:Date} AND answered_at < {before:DateTime}
  ORDER BY answered_at DESC, survey_key
  LIMIT {limit:UInt64}) AS s
