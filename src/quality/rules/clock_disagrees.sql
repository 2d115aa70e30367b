-- rule      clock_disagrees
-- title     Time and day do not agree | 时间与日期不一致
-- question  Which orders have a time that is not of their day? | 哪些订单的时间与日期对不上？
-- method    More than a day lies between the order's time and its calendar day; time zones explain up to one. | 订单时间与日历日相差超过一天；时区最多造成一天之差。
-- grain     order
-- severity  warning
-- action    fix
-- mend      ordered_at
-- value     days Days apart | 相差天数
-- weight    3 at 0.02
SELECT order_key AS key, customer_id, ordered_on,
  toFloat64(abs(toInt64(toUInt16(toDate(ordered_at))) - toInt64(toUInt16(ordered_on)))) AS value
FROM orders
WHERE abs(toInt64(toUInt16(toDate(ordered_at))) - toInt64(toUInt16(ordered_on))) > 1
