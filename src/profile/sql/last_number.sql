-- row       the highest number of a customer
SELECT toInt64(max(number)) AS number
FROM (
  SELECT max(customer_id) AS number FROM customers
  UNION ALL
  SELECT max(customer_id) AS number FROM customer_profile
) AS n
