-- rule      negative_amounts
-- title     Negative amounts | 负金额
-- question  Which orders have an amount below nothing? | 哪些订单的金额小于零？
-- method    Gross amount, discount or refund is negative, or the discount exceeds the gross amount, and the order is not cancelled. | 总额、折扣或退款为负，或折扣大于总额，且订单未取消。
-- grain     order
-- severity  error
-- action    quarantine
-- mend      gross
-- value     minor Amount paid | 实付金额
-- weight    8 at 0.02
SELECT order_key AS key, customer_id, ordered_on, toFloat64(gross_minor - discount_minor) AS value
FROM orders
WHERE status != 4 AND (gross_minor < 0 OR discount_minor < 0 OR refund_minor < 0 OR discount_minor > gross_minor)
