-- row: a key that the source does not have any more. Of keys with the same hash one that is gone stays
INSERT INTO load_gone (key)
SELECT {{key}}
FROM {{table}}
WHERE source = {source:String} AND cityHash64({{key}}) GLOBAL NOT IN (SELECT cityHash64(key) FROM load_present)
