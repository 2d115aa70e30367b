-- row: a joined account among some
SELECT toUInt64(account_id) AS account, toUInt64(person) AS customer
FROM ({{persons}}) AS persons
WHERE has({accounts:Array(Int64)}, toInt64(account_id))
