-- row       a customer with an order line that a fact asks for
-- fragments columns, until, rows, who (whose rows)
SELECT customer_id AS person, {{columns}}
FROM order_lines
WHERE {{who}} AND ordered_on < {end:Date}{{until}} AND ({{rows}})
GROUP BY person
