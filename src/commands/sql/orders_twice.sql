-- Orders that are in the table more than once.
SELECT toUInt64(count() - uniqExact(source, order_key)) AS rows FROM orders
