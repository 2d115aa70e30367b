-- row       a customer with a survey answer that a fact asks for; those of joined accounts count for their person
-- fragments columns, until, rows, person, joined, who (whose rows), whose (the same after the joining)
SELECT {{person}} AS person, {{columns}}
FROM (
  SELECT customer_id, answered_on, answered_at, survey_key, kind, score, comment, channel
  FROM surveys
  WHERE {{who}} AND answered_on < {end:Date}{{until}} AND ({{rows}})
) AS a{{joined}}{{whose}}
GROUP BY person
