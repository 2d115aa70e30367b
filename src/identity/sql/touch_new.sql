-- row: an account that holds a key which somebody has brought since a batch; a hash that two keys share touches
-- more than need be
INSERT INTO identity_touched (account_id)
SELECT DISTINCT customer_id
FROM identities
WHERE kind != 'member' AND cityHash64(key) GLOBAL IN (
  SELECT cityHash64(key) FROM identities WHERE kind != 'member' AND batch > {batch:UInt64})
