-- row       a move of a person, in the order of the runs
SELECT segment, toInt64(version) AS of_version, toInt64(moved_on) AS day, toInt64(toUInt32(moved_at)) AS at,
  toInt64(entered) AS came
FROM segment_moves
WHERE customer_id IN (SELECT toUInt64(arrayJoin({accounts:Array(Int64)})) AS customer_id)
  AND NOT has({void_moves:Array(Int64)}, toInt64(run))
ORDER BY segment, run, came
LIMIT 100000
