-- Orders of the days [from, to), oldest first.
SELECT
    order_key, toUInt64(customer_id) AS customer_id, ordered_at, ordered_on,
    multiIf(status = 1, 'created', status = 2, 'paid', status = 3, 'delivered', status = 4, 'cancelled', 'refunded')
        AS order_status,
    gross_minor, discount_minor, refund_minor, net_minor, cost_minor,
    units_milli / 1000 AS units,
    channel, store_key, region, campaign, source
FROM orders
WHERE ordered_on >= {from:Date} AND ordered_on < {to:Date}
ORDER BY ordered_at, order_key, source
