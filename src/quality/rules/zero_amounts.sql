-- rule      zero_amounts
-- title     Orders over nothing | 零元订单
-- question  Which orders were paid with nothing? | 哪些订单金额为零？
-- method    Paid or delivered, and gross amount less discount is 0: gifts, samples, exchanges. They count as purchases unless zero_amounts is off. | 已支付或已完成，且总额减折扣为 0：赠品、样品、换货。除非关闭 zero_amounts，否则计为购买。
-- grain     order
-- severity  info
-- action    keep
-- mend      gross
-- value     minor Gross amount | 总额
-- weight    2 at 0.2
SELECT order_key AS key, customer_id, ordered_on, toFloat64(gross_minor) AS value
FROM orders
WHERE status IN (2, 3) AND gross_minor = discount_minor
