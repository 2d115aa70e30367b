-- relation  counted_orders
-- row       an order that the status policy (and the filters, where there are any) counts, in [from, to)
-- fragments status_policy (a condition on an order), amount (the amount that the policy counts)
SELECT customer_id, order_key, ordered_at, ordered_on, channel, store_key, region, campaign, source,
  {{amount}} AS amount_minor, gross_minor, discount_minor, refund_minor, net_minor, cost_minor, units_milli
FROM orders
WHERE ordered_on >= {from:Date} AND ordered_on < {to:Date} AND {{status_policy}}
