-- row       one: how the values of some columns of numbers are spread
-- fragments columns
SELECT {{columns}}
FROM customer_profile
