-- row: all days of stores with an order
SELECT toUInt64(uniqExact(store_key, ordered_on)) AS rows FROM orders
