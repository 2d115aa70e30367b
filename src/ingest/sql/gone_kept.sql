-- row: one that stays
INSERT INTO load_{{table}} ({{columns}})
SELECT {{columns}}
FROM {{table}}
WHERE {{days}} AND {{key}} GLOBAL NOT IN (SELECT key FROM load_gone)
