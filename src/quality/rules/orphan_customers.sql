-- rule      orphan_customers
-- title     Orders of a customer who is not there | 客户不存在的订单
-- question  Which orders name a customer that nobody knows? | 哪些订单的客户不在客户表中？
-- method    The order has a customer, who is not in the table of customers. | 订单有客户编号，但客户表中没有该客户。
-- grain     order
-- severity  error
-- action    fix
-- mend      customer
-- value     minor Amount | 金额
-- weight    5 at 0.02
SELECT order_key AS key, customer_id, ordered_on, toFloat64(gross_minor - discount_minor) AS value
FROM orders
WHERE customer_id != 0 AND customer_id GLOBAL NOT IN (SELECT customer_id FROM customers)
