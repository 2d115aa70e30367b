-- row  a product by rank: the highest value first, of one value by product_key
SELECT r.product_key AS item_key, p.name AS name, r.value AS value
FROM (
  SELECT product_key, value
  FROM {{valued_products}} AS v
  WHERE known
  ORDER BY value DESC, product_key
  LIMIT {limit:UInt32} OFFSET {skip:UInt32}) AS r
ANY LEFT JOIN (SELECT product_key, name FROM products) AS p USING product_key
ORDER BY value DESC, item_key
