-- row       an account whose rows of a part have another print than the one that is kept (0: it has or had none), into segment_changed
-- fragments parts (print_rows and print_links), which (a condition: these parts)
INSERT INTO segment_changed (part, customer_id, print, was)
SELECT part, customer_id, toUInt64(sum(fresh)) AS print, toUInt64(sum(kept)) AS was
FROM (
  SELECT part, customer_id, print AS fresh, toUInt64(0) AS kept
  FROM (
{{parts}}
  ) AS f
  UNION ALL
  SELECT part, customer_id, toUInt64(0) AS fresh, kept
  FROM (
    SELECT part, customer_id, argMax(print, run) AS kept
    FROM segment_prints
    WHERE ({{which}}) AND NOT has({void_moves:Array(Int64)}, toInt64(run))
    GROUP BY part, customer_id
  ) AS k
) AS b
GROUP BY part, customer_id
HAVING sum(fresh) != sum(kept)
