-- row: an account of a person with orders
SELECT toUInt64(if(account_id = 0, customer_id, account_id)) AS account, toUInt64(count()) AS orders
FROM orders
WHERE customer_id = {person:UInt64}
GROUP BY account
