-- row       a customer with a tag or a consent that a fact asks for; of a person's accounts the last word counts
-- fragments columns, rows, person, joined, who (whose rows), whose (the same after the joining)
SELECT person, {{columns}}
FROM (
  SELECT {{person}} AS person, kind, name, argMax(given, run) AS is_given
  FROM (
    SELECT customer_id, kind, name, given, run
    FROM customer_marks
    WHERE {{who}} AND NOT has({void_moves:Array(Int64)}, toInt64(run))
  ) AS m{{joined}}{{whose}}
  GROUP BY person, kind, name
  HAVING is_given = 1
) AS t
WHERE {{rows}}
GROUP BY person
