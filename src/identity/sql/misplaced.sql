-- row: a month of a table with rows that do not stand where the links say: fresh ones of an account that has been
-- joined, and moved ones whose link has changed
SELECT toUInt32(toYYYYMM({{day}})) AS month, toUInt64(count()) AS rows
FROM {{table}}
WHERE (account_id = 0 AND customer_id GLOBAL IN (SELECT account_id FROM ({{joined}}) AS joined))
  OR (account_id != 0 AND account_id GLOBAL IN (SELECT account_id FROM ({{changed}}) AS changed))
GROUP BY month
ORDER BY month
