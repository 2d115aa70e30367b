-- row: a key of some accounts that several accounts hold
SELECT kind, key, toUInt64(uniqExact(customer_id)) AS holders
FROM identities
WHERE kind != 'member' AND cityHash64(kind, key) GLOBAL IN (
  SELECT cityHash64(kind, key) FROM identities
  WHERE kind != 'member' AND has({accounts:Array(Int64)}, toInt64(customer_id)))
GROUP BY kind, key
HAVING uniqExact(customer_id) > 1
