-- row       a customer with a key that a fact asks for; keys of joined accounts count for their person
-- fragments columns, rows, person, joined, who (whose rows), whose (the same after the joining)
SELECT {{person}} AS person, {{columns}}
FROM (
  SELECT customer_id, kind, key
  FROM identities
  WHERE {{who}} AND ({{rows}})
) AS k{{joined}}{{whose}}
GROUP BY person
