-- rule      duplicate_orders
-- title     Orders recorded twice | 重复订单
-- question  Which orders are a second record of the one before? | 哪些订单是前一笔的重复记录？
-- method    Same customer, store, channel, amount and quantity as an order at most `minutes` earlier on the same day. Orders whose time is a full quarter of an hour are not judged: their time may be unknown. | 与同一天内 `minutes` 分钟之内的前一笔订单相比，客户、门店、渠道、金额、件数均相同。时间恰为整刻钟的订单可能没有时间信息，不作判断。
-- grain     order
-- severity  error
-- action    quarantine
-- mend      status
-- value     minor Amount | 金额
-- weight    10 at 0.02
-- param     minutes integer 10 most minutes between the two | 两笔之间最多相隔的分钟数
SELECT tupleElement(repeated, 2) AS key, customer_id, ordered_on, toFloat64(amount_minor) AS value
FROM (
  SELECT customer_id, ordered_on, amount_minor,
    arrayJoin(arrayFilter(
      (later, earlier) -> tupleElement(later, 1) - tupleElement(earlier, 1) <= {minutes:Int64} * 60,
      arrayPopFront(made), arrayPopBack(made))) AS repeated
  FROM (
    SELECT customer_id, ordered_on, gross_minor - discount_minor AS amount_minor, units_milli, channel, store_key,
      arraySort(groupArray((toInt64(toUInt32(ordered_at)), order_key))) AS made
    FROM orders
    WHERE status != 4 AND gross_minor > 0 AND toUInt32(ordered_at) % 900 != 0
      AND customer_id GLOBAL IN {{quick_customers}}
    GROUP BY customer_id, ordered_on, amount_minor, units_milli, channel, store_key
    HAVING count() > 1) AS same) AS pairs
