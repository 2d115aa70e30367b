-- row: an account among some that belongs to another number, and that person; reads only the links of these accounts
SELECT toUInt64(account_id) AS account, toUInt64(argMax(customer_id, run_id)) AS customer
FROM customer_links
WHERE account_id IN (SELECT toUInt64(arrayJoin({accounts:Array(Int64)})) AS account_id)
  AND NOT has({void_runs:Array(Int64)}, toInt64(run_id))
GROUP BY account_id
HAVING argMax(customer_id, run_id) != account_id
