-- row: a line whose order is not there
SELECT toUInt64(row) AS row, order_key
FROM load_rows
WHERE cityHash64(order_key) % {parts:UInt64} = {part:UInt64}
  AND order_key GLOBAL NOT IN (
    SELECT order_key FROM orders WHERE cityHash64(order_key) % {parts:UInt64} = {part:UInt64})
ORDER BY row
