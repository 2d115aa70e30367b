-- row       how many customers fit the same of some rules: a bit a rule
-- fragments mask, people
SELECT mask, toInt64(count()) AS customers
FROM (
  SELECT toInt64({{mask}}) AS mask
  FROM ({{people}}) AS p
) AS m
GROUP BY mask
