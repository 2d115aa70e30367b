-- row: one of the table that is of another source, or of an entry that there is
INSERT INTO form_rows ({{columns}})
SELECT {{columns}}
FROM {{table}}
WHERE source != {source:String} OR {{key}} GLOBAL IN (SELECT entry_key FROM form_keys)
