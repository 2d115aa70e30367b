-- row: one of stores that the batch does not bring
INSERT INTO load_stores (store_key, name, region, source)
SELECT store_key, name, region, source
FROM stores
WHERE store_key GLOBAL NOT IN (SELECT store_key FROM load_stores)
