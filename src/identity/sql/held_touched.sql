-- row: an account that holds a key of a touched account
SELECT key, account_id FROM identity_held WHERE kind = {kind:String}
