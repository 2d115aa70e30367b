-- row       the person, if she was known by then: which rules hold, and the values they look at
-- fragments columns, people
SELECT toUInt64(person) AS customer_id{{columns}}
FROM ({{people}}) AS p
