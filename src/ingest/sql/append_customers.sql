-- row: one of customers that is not there yet
INSERT INTO customers (customer_id, customer_key, name, region, channel, registered_on, birthday, source)
SELECT customer_id, customer_key, name, region, channel, registered_on, birthday, source
FROM load_customers
WHERE customer_id GLOBAL NOT IN (SELECT customer_id FROM customers)
