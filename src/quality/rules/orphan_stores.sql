-- rule      orphan_stores
-- title     Orders of a store that is not there | 门店不存在的订单
-- question  Which orders name a store that nobody knows? | 哪些订单的门店不在门店表中？
-- method    The order has a store, which is not in the table of stores. | 订单有门店编号，但门店表中没有该门店。
-- grain     order
-- severity  warning
-- action    fix
-- value     minor Amount | 金额
-- weight    3 at 0.05
SELECT order_key AS key, customer_id, ordered_on, toFloat64(gross_minor - discount_minor) AS value
FROM orders
WHERE store_key != '' AND store_key GLOBAL NOT IN (SELECT store_key FROM stores)
