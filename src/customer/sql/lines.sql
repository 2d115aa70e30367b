-- row  a product in an order of a customer before `until`, the newest order first
SELECT order_key, toInt64(line_number) AS line_number, ordered_on, toInt64(status) AS status, product_key, category,
  quantity_milli, price_minor, gross_minor, net_minor
FROM order_lines
WHERE customer_id = {customer:UInt64} AND ordered_on < {until:Date} AND ({order:String} = '' OR order_key = {order:String})
ORDER BY ordered_on DESC, order_key, line_number
LIMIT {limit:UInt64}
