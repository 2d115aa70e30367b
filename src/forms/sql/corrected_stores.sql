-- row: a store with one of these keys
SELECT store_key, name, region, source
FROM stores
WHERE {all:UInt8} = 1 OR has({keys:Array(String)}, store_key)
