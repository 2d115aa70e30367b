-- row: one of another source, or that stays
INSERT INTO load_{{table}} ({{columns}})
SELECT {{columns}}
FROM {{table}}
WHERE source != {source:String} OR {{key}} GLOBAL NOT IN (SELECT key FROM load_gone)
