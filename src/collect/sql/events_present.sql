-- row: an event that may be one of these
SELECT source, message_id
FROM events
WHERE message_hash GLOBAL IN (SELECT toUInt64(arrayJoin({hashes:Array(Int64)})) AS message_hash)
