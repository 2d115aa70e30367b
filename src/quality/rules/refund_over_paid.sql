-- rule      refund_over_paid
-- title     More refunded than paid | 退款大于实付
-- question  Which orders gave back more than they took? | 哪些订单退的比付的多？
-- method    Refund greater than gross amount less discount. | 退款大于总额减折扣。
-- grain     order
-- severity  error
-- action    fix
-- mend      refund
-- value     minor Too much refunded | 多退金额
-- weight    8 at 0.02
SELECT order_key AS key, customer_id, ordered_on, toFloat64(refund_minor - (gross_minor - discount_minor)) AS value
FROM orders
WHERE status != 4 AND gross_minor >= discount_minor AND refund_minor > gross_minor - discount_minor
