-- row       an account with rows in a part of the data, and their print
-- fragments part (name of a parameter), hash, table, rows (a further condition)
SELECT {{{part}}:UInt64} AS part, customer_id, toUInt64(sum({{hash}})) AS print
FROM {{table}}
WHERE customer_id != 0{{rows}}
GROUP BY customer_id
