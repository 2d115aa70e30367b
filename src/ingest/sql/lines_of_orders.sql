-- row: a product in an order that another file brought; what it says of the order is the order's
INSERT INTO load_order_lines (order_key, line_number, customer_id, ordered_on, status, product_key, category,
  quantity_milli, price_minor, gross_minor, net_minor, own_cost_minor, channel, store_key, region, campaign, source, account_id)
SELECT order_key, line_number, customer_id, ordered_on, status, product_key, category,
  quantity, price_minor, gross_minor, net, cost_minor, channel, store_key, region, campaign, {source:String}, account_id
FROM (
  SELECT order_key, line_number, product_key, category, ifNull(quantity_milli, 0) AS quantity, price_minor,
    gross_minor, gross_minor - discount_minor - refund_minor AS net, cost_minor
  FROM load_rows
  WHERE cityHash64(order_key) % {parts:UInt64} = {part:UInt64} AND {{chosen}}
) AS rows
GLOBAL ALL INNER JOIN (
  SELECT order_key, customer_id, ordered_on, status, channel, store_key, region, campaign, account_id
  FROM orders
  WHERE cityHash64(order_key) % {parts:UInt64} = {part:UInt64}
    AND ordered_on >= {from:Date} AND ordered_on < {to:Date}
) AS known
USING order_key
