-- row       a customer
-- fragments columns
SELECT {{columns}}
FROM customer_profile
WHERE customer_id = {customer:UInt64}
