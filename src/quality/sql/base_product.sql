-- row: all products that were sold
SELECT toUInt64(uniqExact(product_key)) AS rows FROM order_lines
