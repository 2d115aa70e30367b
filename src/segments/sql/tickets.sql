-- row       a customer with a service ticket that a fact asks for; those of joined accounts count for their person
-- fragments columns, until, rows, person, joined, who (whose rows), whose (the same after the joining)
SELECT {{person}} AS person, {{columns}}
FROM (
  SELECT customer_id, opened_on, opened_at, reason, is_complaint, satisfaction, first_reply_minutes, channel, store_key
  FROM tickets
  WHERE {{who}} AND opened_on < {end:Date}{{until}} AND ({{rows}})
) AS t{{joined}}{{whose}}
GROUP BY person
