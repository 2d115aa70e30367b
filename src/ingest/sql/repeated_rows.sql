-- row: a key that is there more than once
SELECT order_key, toUInt64(max(row)) AS last_row, toUInt64(count()) AS rows, toUInt64(uniqExact(content)) AS contents
FROM load_rows
WHERE {{which}}
GROUP BY order_key, line_key
HAVING count() > 1
ORDER BY last_row
