-- row: a joined account among some, and its person
SELECT toUInt64(account_id) AS account, toUInt64(argMax(customer_id, run_id)) AS person
FROM customer_links
WHERE NOT has({void_runs:Array(Int64)}, toInt64(run_id))
  AND account_id GLOBAL IN (SELECT toUInt64(arrayJoin({accounts:Array(Int64)})) AS account_id)
GROUP BY account_id
