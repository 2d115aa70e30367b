-- row: an event, the newest first
SELECT received_at, occurred_at, source, kind, name, user_id, anonymous_id, toUInt64(customer_id) AS customer_id,
  page, message_id
FROM events
WHERE occurred_on >= {from:Date}
  AND ({source:String} = '' OR source = {source:String}) AND ({name:String} = '' OR name = {name:String})
ORDER BY received_at DESC, occurred_at DESC, message_id
LIMIT {limit:UInt64}
