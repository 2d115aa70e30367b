-- row: an account that holds a key which somebody has brought
INSERT INTO identity_touched (account_id)
SELECT DISTINCT account_id FROM identity_held
