-- row: a row of an odd order, saying of the order what its first row says. `head` is 1 if the line
-- counts in the sums of its order: it is not cancelled, or the whole order is.
INSERT INTO load_odd_rows (order_key, row, line_number, line_key, head, customer_id, ordered_at, ordered_on,
  status, gross_minor, discount_minor, refund_minor, order_paid_minor, cost_minor, quantity_milli, price_minor,
  product_key, category, channel, store_key, region, campaign)
SELECT order_key, row, line_number, line_key,
  toInt64(if(status != 4 OR all_cancelled = 1, 1, 0)),
  order_customer_id, order_at, order_on,
  status, gross_minor, discount_minor, refund_minor, order_paid, cost_minor, quantity_milli, price_minor,
  product_key, category, order_channel, order_store_key, order_region, order_campaign
FROM (
  SELECT order_key, row, line_number, line_key, status, gross_minor, discount_minor, refund_minor,
    cost_minor, quantity_milli, price_minor, product_key, category
  FROM load_rows
  WHERE cityHash64(order_key) GLOBAL IN (SELECT key_hash FROM load_odd) AND {{chosen}}
) AS rows
GLOBAL ALL INNER JOIN (
  SELECT order_key,
    argMinIf(customer_id, row, customer_id != 0) AS order_customer_id,
    argMin(ordered_at, row) AS order_at,
    argMin(ordered_on, row) AS order_on,
    max(order_paid_minor) AS order_paid,
    argMinIf(channel, row, channel != '') AS order_channel,
    argMinIf(store_key, row, store_key != '') AS order_store_key,
    argMinIf(region, row, region != '') AS order_region,
    argMinIf(campaign, row, campaign != '') AS order_campaign,
    min(if(status = 4, 1, 0)) AS all_cancelled
  FROM load_rows
  WHERE cityHash64(order_key) GLOBAL IN (SELECT key_hash FROM load_odd) AND {{chosen}}
  GROUP BY order_key
) AS heads
USING order_key
