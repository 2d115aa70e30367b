-- Every customer.
SELECT toUInt64(customer_id) AS customer_id, customer_key, name, region, channel, registered_on, birthday, source
FROM customers
ORDER BY customer_id
