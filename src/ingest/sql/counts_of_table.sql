-- row: what the batch brings
SELECT toUInt64(count()) AS rows, toUInt64(uniqExactIf(customer_id, customer_id != 0)) AS customers
FROM {{table}}
