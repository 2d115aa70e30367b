-- rule      many_orders_a_day
-- title     Many orders of one customer on one day | 单日大量下单
-- question  Who orders as no household does? | 谁的下单次数不像普通顾客（黄牛、刷单）？
-- method    More than `orders` orders of one customer on one calendar day, cancelled ones left out. | 同一客户同一日历日内未取消的订单超过 `orders` 笔。
-- grain     order
-- severity  warning
-- action    quarantine
-- mend      customer
-- value     count Orders that day | 当日订单数
-- weight    4 at 0.05
-- param     orders integer 10 orders a day that are believed | 单日可信的订单数
SELECT order_key AS key, customer_id, ordered_on, toFloat64(day_orders) AS value
FROM orders
GLOBAL ALL INNER JOIN (
  SELECT customer_id, ordered_on, count() AS day_orders
  FROM orders
  WHERE status != 4 AND customer_id GLOBAL IN (
    SELECT customer_id FROM orders WHERE customer_id != 0 GROUP BY customer_id HAVING count() > {orders:Int64})
  GROUP BY customer_id, ordered_on
  HAVING count() > {orders:Int64}) AS crowded USING (customer_id, ordered_on)
WHERE status != 4
