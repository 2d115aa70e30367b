-- row       how many are inside (who fit the rule) and outside (who fit the other rule and not this one), and of each side
--           how many fit each cell
-- fragments people, inside, others, cells (one condition each), counts
SELECT toInt64(countIf(inside)) AS inside_all, toInt64(countIf(outside)) AS outside_all{{counts}}
FROM (
  SELECT toUInt8({{inside}}) AS inside, toUInt8(({{others}}) AND NOT ({{inside}})) AS outside{{cells}}
  FROM ({{people}}) AS p
) AS c
