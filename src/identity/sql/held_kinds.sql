-- row: a kind of key of touched accounts
SELECT DISTINCT kind FROM identity_held
