-- rule      orphan_lines
-- title     Lines without their order | 没有订单的明细
-- question  Which order lines belong to no order? | 哪些订单明细找不到订单？
-- method    The order of the line is not in the table of orders. A row is such an order. | 明细所属订单不在订单表中；一行为一个这样的订单号。
-- grain     line
-- severity  error
-- action    fix
-- value     count Lines | 明细行数
-- weight    5 at 0.02
SELECT order_key AS key, max(of_customer) AS customer_id, max(on_day) AS ordered_on, toFloat64(count()) AS value
FROM (SELECT order_key, customer_id AS of_customer, ordered_on AS on_day FROM order_lines) AS l
WHERE cityHash64(order_key) GLOBAL NOT IN (SELECT cityHash64(order_key) FROM orders)
GROUP BY order_key
