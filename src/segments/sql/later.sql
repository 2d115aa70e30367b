-- row       a customer with an order after the instant, whatever its status
-- fragments columns, who (whose rows)
SELECT customer_id AS person, {{columns}}
FROM orders
WHERE {{who}} AND ordered_on >= {end:Date}
GROUP BY person
