-- row: an order that is already there and that the batch does not bring
INSERT INTO load_orders (order_key, customer_id, ordered_at, ordered_on, status, gross_minor, discount_minor,
  refund_minor, net_minor, cost_minor, own_cost_minor, units_milli, lines, channel, store_key, region, campaign, source, account_id)
SELECT order_key, customer_id, ordered_at, ordered_on, status, gross_minor, discount_minor,
  refund_minor, net_minor, cost_minor, own_cost_minor, units_milli, lines, channel, store_key, region, campaign, source, account_id
FROM orders
WHERE ordered_on >= {from:Date} AND ordered_on < {to:Date}
  AND order_key GLOBAL NOT IN (
    SELECT order_key
    FROM load_orders
    WHERE cityHash64(order_key) GLOBAL IN (
      SELECT cityHash64(order_key) FROM orders WHERE ordered_on >= {from:Date} AND ordered_on < {to:Date}))
