-- row: one of stores that is not there yet
INSERT INTO stores (store_key, name, region, source)
SELECT store_key, name, region, source
FROM load_stores
WHERE store_key GLOBAL NOT IN (SELECT store_key FROM stores)
