-- row: a row of such an order as it came; killed halfway, it may be among the others as decided too
INSERT INTO {{target}} ({{columns}})
SELECT {{columns}}
FROM {{table}}
GLOBAL ALL INNER JOIN ({{decided}}) AS decided USING (order_key)
WHERE order_key GLOBAL IN ({{fresh}}) AND ({{came}})
