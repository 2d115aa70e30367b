-- row: an account that holds one of some keys. Each kind is written in its own way, so each comes with its key; the
-- tuple is the order of the table: nothing but the granules of these keys is read.
SELECT kind, key, toUInt64(customer_id) AS account
FROM identities
WHERE (kind, key) IN (
  SELECT kind, key
  FROM (SELECT {kinds:Array(String)} AS kinds, {keys:Array(String)} AS keys) AS given
  ARRAY JOIN kinds AS kind, keys AS key)
ORDER BY account
LIMIT {most:UInt64}
