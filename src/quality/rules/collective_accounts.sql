-- rule      collective_accounts
-- title     Many people under one customer | 多人共用的客户号
-- question  Which customer numbers collect walk-in buyers? | 哪些客户号汇集了散客？
-- method    One customer holds more than `share` percent of all orders, and more than `orders` of them. They look like the most loyal customers and are none. | 单个客户的订单占全部订单 `share`% 以上，且多于 `orders` 笔。看似最忠诚，其实不是一个人。
-- grain     order
-- severity  warning
-- action    quarantine
-- mend      customer
-- value     count Orders of the customer | 该客户的订单数
-- weight    6 at 0.1
-- param     share number 1 percent of all orders | 占全部订单的百分比
-- param     orders integer 100 orders of one customer that are believed | 单个客户可信的订单数
SELECT order_key AS key, customer_id, ordered_on, toFloat64(customer_orders) AS value
FROM orders
GLOBAL ALL INNER JOIN (
  SELECT customer_id, count() AS customer_orders
  FROM orders
  WHERE customer_id != 0
  GROUP BY customer_id
  HAVING count() > {orders:Int64} AND count() * 100 > {share:Float64} * {all_orders:Float64}) AS crowded USING (customer_id)
