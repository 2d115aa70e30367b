-- row       what some customers are marked with of a kind, as the runs that count have it
SELECT toUInt64(customer_id) AS customer_id, name, toInt64(argMax(given, run)) AS is_given
FROM customer_marks
WHERE customer_id IN (SELECT toUInt64(arrayJoin({customers:Array(Int64)})) AS customer_id) AND kind = {kind:String}
  AND NOT has({void_moves:Array(Int64)}, toInt64(run))
GROUP BY customer_id, name
ORDER BY customer_id, name
