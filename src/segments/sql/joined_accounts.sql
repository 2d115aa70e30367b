-- row       whether any account is joined to another
SELECT toInt64(count()) AS accounts
FROM {{joined}} AS a
