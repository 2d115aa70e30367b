-- row: one of a table that an earlier version of the program made
INSERT INTO {{copy}} ({{columns}})
SELECT {{selected}}
FROM {{table}}
