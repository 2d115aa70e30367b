-- row: one of customers that the batch does not bring
INSERT INTO load_customers (customer_id, customer_key, name, region, channel, registered_on, birthday, source)
SELECT customer_id, customer_key, name, region, channel, registered_on, birthday, source
FROM customers
WHERE customer_id GLOBAL NOT IN (SELECT customer_id FROM load_customers)
