-- row       a tag or channel, with the customers who have it (or said no to it)
SELECT name, toInt64(countIf(is_given = 1)) AS yes, toInt64(countIf(is_given = 0)) AS no
FROM (
  SELECT customer_id, name, argMax(given, run) AS is_given
  FROM customer_marks
  WHERE kind = {kind:String} AND NOT has({void_moves:Array(Int64)}, toInt64(run))
  GROUP BY customer_id, name
) AS m
GROUP BY name
ORDER BY name
LIMIT 10000
