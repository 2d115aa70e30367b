-- row: an account that holds a key which somebody has brought since a batch. Kind and key are the order of the table: no
-- granules but those of these keys are read.
INSERT INTO identity_held (kind, key, account_id)
SELECT kind, key, customer_id
FROM identities
WHERE kind = {kind:String} AND key GLOBAL IN (
  SELECT key FROM identities PREWHERE batch > {batch:UInt64} WHERE kind = {kind:String})
