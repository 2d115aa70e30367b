-- row       a segment with members or moves: members now, and who came and went with the run
SELECT segment, toInt64(countIf(inside = 1)) AS customers, toInt64(countIf(last_run = {run:UInt64} AND inside = 1)) AS came,
  toInt64(countIf(last_run = {run:UInt64} AND inside = 0)) AS went
FROM (
  SELECT segment, customer_id, argMax(entered, run) AS inside, max(run) AS last_run
  FROM segment_moves
  WHERE has({names:Array(String)}, segment) AND NOT has({void_moves:Array(Int64)}, toInt64(run))
  GROUP BY segment, customer_id
) AS m
GROUP BY segment
