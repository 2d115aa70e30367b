-- row: whether a number of ours has a row in one of the tables that are in the order of the customers
SELECT toUInt64(sum(rows)) AS rows
FROM (
  SELECT count() AS rows FROM customers WHERE customer_id = {account:UInt64}
  UNION ALL
  SELECT count() AS rows FROM customer_links WHERE account_id = {account:UInt64}
  UNION ALL
  SELECT count() AS rows FROM orders WHERE customer_id = {account:UInt64}
) AS places
