-- relation  counted_orders
-- row       an order that the status policy counts, ordered in [from, to)
-- fragments status_policy (a condition on status), amount (the amount that the policy counts)
SELECT customer_id, order_key, ordered_on, channel, store_key, region, campaign, source, {{amount}} AS amount_minor, units_milli
FROM orders
WHERE ordered_on >= {from:Date} AND ordered_on < {to:Date} AND {{status_policy}}
