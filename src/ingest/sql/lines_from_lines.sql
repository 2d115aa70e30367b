-- row: a product in an order
INSERT INTO load_order_lines (order_key, line_number, customer_id, ordered_on, status, product_key, category,
  quantity_milli, price_minor, gross_minor, net_minor, channel, store_key, region, campaign, source)
SELECT order_key, line_number, customer_id, ordered_on, status, product_key, category,
  ifNull(quantity_milli, 0), price_minor, gross_minor, gross_minor - discount_minor - refund_minor, channel,
  store_key, region, campaign, {source:String}
FROM {{rows}}
WHERE ordered_on >= {from:Date} AND ordered_on < {to:Date} AND {{which}}
