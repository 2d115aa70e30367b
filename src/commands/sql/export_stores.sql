-- Every store.
SELECT store_key, name, region, source
FROM stores
ORDER BY store_key, source
