-- row: an account that belongs to another number, and that person
SELECT account_id, argMax(customer_id, run_id) AS person
FROM customer_links
WHERE NOT has({void_runs:Array(Int64)}, toInt64(run_id))
GROUP BY account_id
HAVING person != account_id
