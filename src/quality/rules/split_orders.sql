-- rule      split_orders
-- title     One purchase split into several orders | 拆分订单
-- question  Which orders are further parts of one purchase? | 哪些订单只是同一次购买被拆开的部分？
-- method    Same customer, store and channel, another amount, at most `minutes` after the order before on the same day. They make one purchase look like a repurchase. Orders whose time is a full quarter of an hour are not judged: their time may be unknown. | 同一客户、门店、渠道，在同一天内距前一笔不超过 `minutes` 分钟且金额不同。这会把一次购买算成复购。时间恰为整刻钟的订单可能没有时间信息，不作判断。
-- grain     order
-- severity  warning
-- action    keep
-- mend      status
-- value     minor Amount | 金额
-- weight    7 at 0.1
-- param     minutes integer 10 most minutes between the parts | 各部分之间最多相隔的分钟数
SELECT tupleElement(part, 3) AS key, customer_id, ordered_on, toFloat64(tupleElement(part, 2)) AS value
FROM (
  SELECT customer_id, ordered_on,
    arrayJoin(arrayFilter(
      (later, earlier) -> tupleElement(later, 1) - tupleElement(earlier, 1) <= {minutes:Int64} * 60
        AND tupleElement(later, 2) != tupleElement(earlier, 2),
      arrayPopFront(made), arrayPopBack(made))) AS part
  FROM (
    SELECT customer_id, ordered_on, channel, store_key,
      arraySort(groupArray((toInt64(toUInt32(ordered_at)), gross_minor - discount_minor, order_key))) AS made
    FROM orders
    WHERE status != 4 AND gross_minor > 0 AND toUInt32(ordered_at) % 900 != 0
      AND customer_id GLOBAL IN {{quick_customers}}
    GROUP BY customer_id, ordered_on, channel, store_key
    HAVING count() > 1) AS same) AS pairs
