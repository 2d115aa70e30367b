-- row  a customer by rank: the highest value first, of one value the lower customer_id first
SELECT r.customer_id AS customer_id, k.customer_key AS item_key, r.value AS value
FROM (
  SELECT customer_id, value
  FROM {{valued_customers}} AS v
  WHERE known
  ORDER BY value DESC, customer_id
  LIMIT {limit:UInt32} OFFSET {skip:UInt32}) AS r
ANY LEFT JOIN (SELECT customer_id, customer_key FROM customers) AS k USING customer_id
ORDER BY value DESC, customer_id
