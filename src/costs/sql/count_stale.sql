-- row: how many orders of these days have another cost than they should
SELECT toUInt64(count()) AS rows
FROM (
  SELECT order_key, cost_minor, own_cost_minor FROM {{orders}} WHERE {{days}}
) AS held
GLOBAL ANY LEFT JOIN ({{order_costs}}) AS costs USING order_key
WHERE isNull(cost_minor) != isNull(ifNull(own_cost_minor, lines_minor))
  OR ifNull(cost_minor, 0) != ifNull(ifNull(own_cost_minor, lines_minor), 0)
