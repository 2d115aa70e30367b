-- row: an order of a file of lines
INSERT INTO load_orders (order_key, customer_id, ordered_at, ordered_on, status, gross_minor, discount_minor,
  refund_minor, net_minor, cost_minor, units_milli, lines, channel, store_key, region, campaign, source)
{{selects}}
