-- row       a value of the column that the most known customers have, the commonest first
-- fragments table, column, condition
SELECT {{column}} AS value, toInt64(uniqExact(customer_id)) AS customers
FROM {{table}}
WHERE customer_id != 0 AND {{column}} != '' AND {{condition}}
GROUP BY value
ORDER BY customers DESC, value
LIMIT {most:Int64}
