-- row: all months of channels with an order
SELECT toUInt64(uniqExact(channel, toStartOfMonth(ordered_on))) AS rows FROM orders
