-- relation  counted_lines
-- row       a product in an order that the status policy (and the filters) counts, in [from, to)
-- fragments line_policy (a condition on a line)
SELECT customer_id, order_key, ordered_on, product_key, category, channel, store_key, region, campaign, source
FROM order_lines
WHERE ordered_on >= {from:Date} AND ordered_on < {to:Date} AND {{line_policy}}
