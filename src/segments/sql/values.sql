-- row       a value of a column, with the rows that have it
-- fragments column, table
SELECT value, toInt64(count()) AS found
FROM (
  SELECT toString({{column}}) AS value
  FROM {{table}}
) AS v
WHERE value != '' AND positionCaseInsensitiveUTF8(value, {part:String}) > 0
GROUP BY value
ORDER BY found DESC, value
LIMIT {most:UInt64}
