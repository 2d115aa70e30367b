-- row       a customer with an event that a fact asks for; events of joined accounts count for their person
-- fragments columns, until, rows, person, joined, who (whose rows), whose (the same after the joining)
SELECT {{person}} AS person, {{columns}}
FROM (
  SELECT customer_id, occurred_on, occurred_at, name, kind, page, product_key, category, channel, campaign, amount_minor,
    duration_seconds, properties
  FROM events
  WHERE {{who}} AND occurred_on < {end:Date}{{until}} AND ({{rows}})
) AS e{{joined}}{{whose}}
GROUP BY person
