-- relation  joined_accounts
-- row       an account that is joined to another (its number as customer_id), and the person it belongs to; runs of joining
--           that were killed do not count (void_runs)
SELECT account AS customer_id, belongs_to
FROM (
  SELECT account_id AS account, argMax(customer_id, run_id) AS belongs_to
  FROM customer_links
  WHERE NOT has({void_runs:Array(Int64)}, toInt64(run_id))
  GROUP BY account
  HAVING belongs_to != account
) AS l
