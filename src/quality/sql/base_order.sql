-- row: all orders
SELECT toUInt64(count()) AS rows FROM orders
