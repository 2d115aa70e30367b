-- row: an order of a file of orders
INSERT INTO load_orders (order_key, customer_id, ordered_at, ordered_on, status, gross_minor, discount_minor,
  refund_minor, net_minor, cost_minor, own_cost_minor, units_milli, lines, channel, store_key, region, campaign, source)
SELECT order_key, customer_id, ordered_at, ordered_on, status, gross_minor, discount_minor,
  refund_minor, gross_minor - discount_minor - refund_minor, cost_minor, cost_minor, quantity_milli, toUInt32(0),
  channel, store_key, region, campaign, {source:String}
FROM load_rows
WHERE ordered_on >= {from:Date} AND ordered_on < {to:Date} AND {{which}}
