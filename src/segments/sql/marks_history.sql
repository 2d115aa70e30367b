-- row       a mark of a person, given or taken away, newest first
SELECT name, toInt64(given) AS is_given, toInt64(toUInt32(marked_at)) AS at, toInt64(run) AS of_run
FROM customer_marks
WHERE customer_id IN (SELECT toUInt64(arrayJoin({accounts:Array(Int64)})) AS customer_id) AND kind = {kind:String}
  AND NOT has({void_moves:Array(Int64)}, toInt64(run))
ORDER BY of_run DESC, name
LIMIT 10000
