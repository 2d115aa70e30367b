-- row: how many accounts are touched
SELECT toUInt64(uniqExact(account_id)) AS accounts FROM identity_touched
