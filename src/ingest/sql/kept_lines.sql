-- row: a line that is already there, of an order that the batch does not bring
INSERT INTO load_order_lines (order_key, line_number, customer_id, ordered_on, status, product_key, category,
  quantity_milli, price_minor, gross_minor, net_minor, own_cost_minor, channel, store_key, region, campaign, source, account_id)
SELECT order_key, line_number, customer_id, ordered_on, status, product_key, category,
  quantity_milli, price_minor, gross_minor, net_minor, own_cost_minor, channel, store_key, region, campaign, source, account_id
FROM order_lines
WHERE ordered_on >= {from:Date} AND ordered_on < {to:Date}
  AND order_key GLOBAL NOT IN (
    SELECT order_key
    FROM {{batch}}
    WHERE cityHash64(order_key) GLOBAL IN (
      SELECT cityHash64(order_key) FROM order_lines WHERE ordered_on >= {from:Date} AND ordered_on < {to:Date}))
