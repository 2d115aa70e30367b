-- row  a store among some, with its name
SELECT store_key AS key, any(name) AS name
FROM stores
WHERE store_key IN (SELECT arrayJoin({keys:Array(String)}) AS store_key)
GROUP BY store_key
