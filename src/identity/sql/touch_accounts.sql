-- row: an account of a touched person; only accounts that ever were are looked at
INSERT INTO identity_touched (account_id)
SELECT account_id
FROM (
  SELECT account_id, argMax(customer_id, run_id) AS person
  FROM customer_links
  WHERE NOT has({void_runs:Array(Int64)}, toInt64(run_id)) AND account_id GLOBAL IN (
    SELECT account_id FROM customer_links WHERE customer_id GLOBAL IN (SELECT account_id FROM identity_touched))
  GROUP BY account_id
) AS near
WHERE person GLOBAL IN (SELECT account_id FROM identity_touched)
