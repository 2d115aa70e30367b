-- row       how many customers are known by the instant
-- fragments people
SELECT toInt64(count()) AS customers
FROM ({{people}}) AS p
