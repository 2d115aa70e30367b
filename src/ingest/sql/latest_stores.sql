-- row: one of stores, as its last row in the file says
INSERT INTO load_stores (store_key, name, region, source)
SELECT store_key, name, region, source
FROM load_entities
WHERE row GLOBAL IN (SELECT max(row) FROM load_entities GROUP BY store_key)
