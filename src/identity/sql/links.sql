-- row: an account that belongs to another number, and the key by which it came there
SELECT account_id, tupleElement(last, 1) AS person, tupleElement(last, 2) AS with_account,
  tupleElement(last, 3) AS link_kind, tupleElement(last, 4) AS link_key, tupleElement(last, 5) AS link_time
FROM (
  SELECT account_id, argMax((customer_id, with_account, kind, key, linked_at), run_id) AS last
  FROM customer_links
  WHERE NOT has({void_runs:Array(Int64)}, toInt64(run_id))
  GROUP BY account_id
) AS newest
WHERE tupleElement(last, 1) != account_id
