-- row: how many orders have the key
SELECT toUInt64(count()) AS rows FROM orders WHERE order_key = {key:String}
