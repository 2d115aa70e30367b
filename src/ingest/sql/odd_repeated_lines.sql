-- row: an order with a line that is there more than once
INSERT INTO load_odd (key_hash)
SELECT DISTINCT key_hash
FROM (
  SELECT cityHash64(order_key) AS key_hash
  FROM load_rows
  WHERE ordered_on >= {from:Date} AND ordered_on < {to:Date}
  GROUP BY cityHash64(order_key), line_key
  HAVING count() > 1
) AS repeated
