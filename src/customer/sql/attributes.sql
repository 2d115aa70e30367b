-- row  what a source says of an account
SELECT toUInt64(customer_id) AS account, customer_key, name, region, channel, registered_on, birthday, source
FROM customers
WHERE customer_id IN (SELECT toUInt64(arrayJoin({accounts:Array(Int64)})) AS customer_id)
ORDER BY account, source, customer_key
LIMIT 1000
