-- row: a row of the month that stays as it is
INSERT INTO {{target}} ({{columns}})
SELECT {{columns}}
FROM {{table}}
WHERE ordered_on >= {from:Date} AND ordered_on < {to:Date}
  AND order_key GLOBAL NOT IN ({{fresh}})
  AND order_key GLOBAL NOT IN ({{back}})
