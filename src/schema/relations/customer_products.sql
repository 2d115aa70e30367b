-- relation  customer_products
-- row       a customer in a bucket, with the number of times she bought the product she bought most often
-- fragments bucket, dims, line_purchases (orders, or purchase days if the orders of a day are merged)
SELECT bucket{{dims}}, customer_id, max(times) AS most_times
FROM (
  SELECT {{bucket}} AS bucket{{dims}}, customer_id, {{line_purchases}} AS times
  FROM {{counted_lines}} AS l
  WHERE customer_id != 0 AND product_key != ''
  GROUP BY bucket{{dims}}, customer_id, product_key
) AS p
GROUP BY bucket{{dims}}, customer_id
