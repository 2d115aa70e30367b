-- row: an account that belongs to a person, and by which key; first those that ever did are looked for, by one column
SELECT toUInt64(account_id) AS account, toUInt64(tupleElement(last, 2)) AS with_account, tupleElement(last, 3) AS kind,
  tupleElement(last, 4) AS key, toUInt32(tupleElement(last, 5)) AS linked_at
FROM (
  SELECT account_id, argMax((customer_id, with_account, kind, key, linked_at), run_id) AS last
  FROM customer_links
  WHERE account_id IN (SELECT account_id FROM customer_links WHERE customer_id = {person:UInt64})
    AND NOT has({void_runs:Array(Int64)}, toInt64(run_id))
  GROUP BY account_id
) AS newest
WHERE tupleElement(last, 1) = {person:UInt64} AND account_id != {person:UInt64}
ORDER BY account
LIMIT 1000
