-- row: one of customers, as its last row in the file says
INSERT INTO load_customers (customer_id, customer_key, name, region, channel, registered_on, birthday, source)
SELECT customer_id, customer_key, name, region, channel, registered_on, birthday, source
FROM load_entities
WHERE row GLOBAL IN (SELECT max(row) FROM load_entities GROUP BY customer_id)
