-- row       a member of a frozen segment
-- fragments name, who
SELECT customer_id AS person
FROM (
  SELECT customer_id, argMax(entered, run) AS inside
  FROM segment_moves
  WHERE segment = {{{name}}:String} AND {{who}} AND NOT has({void_moves:Array(Int64)}, toInt64(run))
  GROUP BY customer_id
  HAVING inside = 1
) AS m
