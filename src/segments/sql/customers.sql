-- row       a customer; an account that is joined to another is none
-- fragments columns (facts, and is_customer, registered: 0 no date, 1 by then, 2 later), apart, who (whose rows)
SELECT customer_id AS person, {{columns}}
FROM customers
WHERE {{who}}{{apart}}
GROUP BY person
