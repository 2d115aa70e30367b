-- row       a customer with an order that a fact asks for
-- fragments columns, until (nothing later than the instant), rows (those that any fact looks at), who (whose rows)
SELECT customer_id AS person, {{columns}}
FROM orders
WHERE {{who}} AND ordered_on < {end:Date}{{until}} AND ({{rows}})
GROUP BY person
