-- row: an account that holds a key
INSERT INTO identity_touched (account_id)
SELECT DISTINCT customer_id FROM identities WHERE kind = {kind:String} AND key = {key:String}
