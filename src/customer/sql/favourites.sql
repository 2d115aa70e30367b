-- row      a product, category, store or channel of a customer's counted orders before `as_of`: those in most orders
-- fragments status_policy, amount
SELECT 'product' AS kind, product_key AS key, toInt64(uniqExact(order_key)) AS orders,
  toInt64(sum(quantity_milli)) AS units_milli, toInt64(sum(net_minor)) AS amount_minor, toInt64(max(ordered_on)) AS last_day
FROM order_lines
WHERE customer_id = {customer:UInt64} AND ordered_on < {as_of:Date} AND product_key != '' AND ({{status_policy}})
GROUP BY product_key
UNION ALL
SELECT 'category' AS kind, category AS key, toInt64(uniqExact(order_key)) AS orders,
  toInt64(sum(quantity_milli)) AS units_milli, toInt64(sum(net_minor)) AS amount_minor, toInt64(max(ordered_on)) AS last_day
FROM order_lines
WHERE customer_id = {customer:UInt64} AND ordered_on < {as_of:Date} AND category != '' AND ({{status_policy}})
GROUP BY category
UNION ALL
SELECT 'store' AS kind, store_key AS key, toInt64(count()) AS orders,
  toInt64(sum(ifNull(units_milli, 0))) AS units_milli, toInt64(sum({{amount}})) AS amount_minor, toInt64(max(ordered_on)) AS last_day
FROM orders
WHERE customer_id = {customer:UInt64} AND ordered_on < {as_of:Date} AND store_key != '' AND ({{status_policy}})
GROUP BY store_key
UNION ALL
SELECT 'channel' AS kind, channel AS key, toInt64(count()) AS orders,
  toInt64(sum(ifNull(units_milli, 0))) AS units_milli, toInt64(sum({{amount}})) AS amount_minor, toInt64(max(ordered_on)) AS last_day
FROM orders
WHERE customer_id = {customer:UInt64} AND ordered_on < {as_of:Date} AND channel != '' AND ({{status_policy}})
GROUP BY channel
