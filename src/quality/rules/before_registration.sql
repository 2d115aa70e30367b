-- rule      before_registration
-- title     Orders before registration | 注册前的订单
-- question  Which orders are older than their customer? | 哪些订单早于客户的注册日期？
-- method    The order's day is more than `days` before the day on which the customer registered. | 订单日期比客户注册日期早 `days` 天以上。
-- grain     order
-- severity  warning
-- action    fix
-- mend      ordered_at
-- value     days Days before | 提前天数
-- weight    4 at 0.1
-- param     days integer 0 days that are let pass | 允许提前的天数
SELECT order_key AS key, customer_id, ordered_on,
  toFloat64(toInt64(toUInt16(since)) - toInt64(toUInt16(ordered_on))) AS value
FROM orders
GLOBAL ALL INNER JOIN (
  SELECT customer_id, assumeNotNull(registered_on) AS since
  FROM customers
  WHERE isNotNull(registered_on)) AS registered USING (customer_id)
WHERE status != 4 AND toInt64(toUInt16(since)) - toInt64(toUInt16(ordered_on)) > {days:Int64}
