-- row: a store that the shop knows
SELECT store_key AS key
FROM stores
WHERE {all:UInt8} = 1 OR has({keys:Array(String)}, store_key)
