-- Order lines of the days [from, to), by order.
SELECT
    order_key, toUInt64(line_number) AS line_number, toUInt64(customer_id) AS customer_id, ordered_on,
    product_key, category,
    quantity_milli / 1000 AS quantity,
    price_minor, gross_minor, net_minor, channel, store_key, region, campaign, source
FROM order_lines
WHERE ordered_on >= {from:Date} AND ordered_on < {to:Date}
ORDER BY ordered_on, order_key, line_number, source
