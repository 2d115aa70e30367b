-- row: a line that is already there, of an order that the batch brings again: it follows the order
INSERT INTO load_order_lines (order_key, line_number, customer_id, ordered_on, status, product_key, category,
  quantity_milli, price_minor, gross_minor, net_minor, own_cost_minor, channel, store_key, region, campaign, source)
SELECT order_key, line_number, customer_id, ordered_on, status, product_key, category,
  quantity_milli, price_minor, gross_minor, net_minor, own_cost_minor, channel, store_key, region, campaign, source
FROM (
  SELECT order_key, line_number, product_key, category, quantity_milli, price_minor, gross_minor, net_minor,
    own_cost_minor, source
  FROM order_lines
  WHERE cityHash64(order_key) GLOBAL IN (
    SELECT cityHash64(order_key) FROM load_orders WHERE ordered_on >= {from:Date} AND ordered_on < {to:Date})
) AS lines
GLOBAL ALL INNER JOIN (
  SELECT order_key, customer_id, ordered_on, status, channel, store_key, region, campaign
  FROM load_orders
  WHERE ordered_on >= {from:Date} AND ordered_on < {to:Date}
) AS heads
USING order_key
