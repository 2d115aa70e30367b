-- row: a row of orders that are not on the list
INSERT INTO {{target}} ({{columns}})
SELECT {{columns}}
FROM {{table}}
WHERE order_key GLOBAL NOT IN ({{keys}})
