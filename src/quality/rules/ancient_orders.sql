-- rule      ancient_orders
-- title     Orders from before the shop | 过早的订单
-- question  Which orders carry the day on which a clock was reset? | 哪些订单带着时钟重置后的日期？
-- method    The order's day is before `earliest`: 1970-01-01 is the zero of computer clocks. | 订单日期早于 `earliest`：1970-01-01 是计算机时钟的零点。
-- grain     order
-- severity  error
-- action    quarantine
-- mend      ordered_at
-- value     days Days before | 提前天数
-- weight    5 at 0.01
-- param     earliest date 2000-01-01 first day that is believed | 可信的最早日期
SELECT order_key AS key, customer_id, ordered_on,
  toFloat64(toInt64(toUInt16({earliest:Date})) - toInt64(toUInt16(ordered_on))) AS value
FROM orders
WHERE ordered_on < {earliest:Date}
