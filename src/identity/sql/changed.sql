-- row: an account whose link has changed since a run
SELECT account_id
FROM customer_links
WHERE run_id > {settled_run:UInt64} AND NOT has({void_runs:Array(Int64)}, toInt64(run_id))
