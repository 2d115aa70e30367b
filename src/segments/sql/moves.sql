-- row       a day on which somebody came into a segment or left it
SELECT toInt64(moved_on) AS day, toInt64(countIf(entered = 1)) AS came, toInt64(countIf(entered = 0)) AS went
FROM segment_moves
WHERE segment = {name:String} AND NOT has({void_moves:Array(Int64)}, toInt64(run))
GROUP BY moved_on
ORDER BY day
LIMIT 100000
