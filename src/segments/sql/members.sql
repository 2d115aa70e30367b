-- row       a customer who fits the rule
-- fragments people, predicate, shown
SELECT toUInt64(person) AS customer_id{{shown}}
FROM ({{people}}) AS p
WHERE {{predicate}}
