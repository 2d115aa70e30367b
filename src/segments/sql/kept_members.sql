-- row       a member of a segment, as the runs that count have it
SELECT toUInt64(customer_id) AS customer_id
FROM (
  SELECT customer_id, argMax(entered, run) AS inside
  FROM segment_moves
  WHERE segment = {name:String} AND NOT has({void_moves:Array(Int64)}, toInt64(run))
  GROUP BY customer_id
  HAVING inside = 1
) AS m
