-- row: one of a table in some months, where the links say
INSERT INTO identity_{{table}} ({{columns}}, customer_id, account_id)
SELECT {{columns}}, if(person = 0, account, person), if(person = 0, toUInt64(0), account)
FROM (
  SELECT {{columns}}, if(account_id = 0, customer_id, account_id) AS account
  FROM {{table}}
  WHERE {{day}} >= {from:Date} AND {{day}} < {to:Date} AND has({months:Array(Int64)}, toInt64(toYYYYMM({{day}})))
) AS held
GLOBAL ANY LEFT JOIN (SELECT account_id AS account, person FROM ({{persons}}) AS persons) AS placed USING account
