-- row       a customer with recent rows in one source: known = 1 where it is the source of customers
-- fragments part, known
SELECT person AS customer_id, toUInt8({{known}}) AS known, toUInt64(print) AS print
FROM (
{{part}}
) AS p
