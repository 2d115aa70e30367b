-- row: all orders that have lines
SELECT toUInt64(uniqExact(cityHash64(order_key))) AS rows FROM order_lines
