-- row       a customer with an order, whatever its status: early = before the instant's end, late = only after it
-- fragments columns, who (whose rows)
SELECT customer_id AS person, {{columns}}
FROM orders
WHERE {{who}}
GROUP BY person
