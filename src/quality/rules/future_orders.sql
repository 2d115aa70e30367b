-- rule      future_orders
-- title     Orders in the future | 未来的订单
-- question  Which orders were made later than today? | 哪些订单的日期晚于今天？
-- method    The order's day is after today. | 订单日期晚于今天。
-- grain     order
-- severity  error
-- action    quarantine
-- mend      ordered_at
-- value     days Days ahead | 超前天数
-- weight    6 at 0.01
SELECT order_key AS key, customer_id, ordered_on,
  toFloat64(toInt64(toUInt16(ordered_on)) - toInt64(toUInt16({today:Date}))) AS value
FROM orders
WHERE ordered_on > {today:Date}
