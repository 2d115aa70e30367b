-- row: a product in an order, of a file of lines
INSERT INTO load_order_lines (order_key, line_number, customer_id, ordered_on, status, product_key, category,
  quantity_milli, price_minor, gross_minor, net_minor, own_cost_minor, channel, store_key, region, campaign,
  source)
{{selects}}
