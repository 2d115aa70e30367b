-- row: an order of these days with what it costs
INSERT INTO {{target}} ({{columns}})
SELECT {{selected}}
FROM (
  SELECT {{columns}} FROM {{orders}} WHERE {{days}}
) AS held
GLOBAL ANY LEFT JOIN ({{order_costs}}) AS costs USING order_key
