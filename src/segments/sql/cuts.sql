-- row       quantiles of facts among those who fit the rule
-- fragments people, predicate, shown, cuts
SELECT toInt64(count()) AS customers{{cuts}}
FROM (
  SELECT person{{shown}}
  FROM ({{people}}) AS p
  WHERE {{predicate}}
) AS f
