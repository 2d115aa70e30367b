-- row: a row from aside, corrected where a decision concerns it, at the person of its account
INSERT INTO {{target}} ({{plain}}, customer_id, account_id)
SELECT {{put}}, if(belongs_to = 0, account, belongs_to), if(belongs_to = 0, toUInt64(0), account)
FROM (
  SELECT {{corrected}}, ifNull(fix_account, {{account}}) AS account
  FROM {{aside}}
  GLOBAL ANY LEFT JOIN ({{decided}}) AS decided USING (order_key)
  WHERE order_key GLOBAL IN ({{back}})
) AS held
GLOBAL ANY LEFT JOIN (SELECT customer_id AS account, belongs_to FROM {{joined_accounts}} AS joined) AS persons USING (account)
