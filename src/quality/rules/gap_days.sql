-- rule      gap_days
-- title     Days without any order | 断档日
-- question  Which days of a store are missing? | 门店缺了哪些天的数据？
-- method    A store with at least `orders` orders a day, open on at least nine days of ten, has none for one day or more. A row is such a gap, its day the first one. | 日均订单不少于 `orders` 笔、至少九成日子有单的门店，出现一天或多天无单；一行为一段断档，日期为其首日。
-- grain     store_day
-- severity  error
-- action    fix
-- value     days Days missing | 缺失天数
-- weight    5 at 0.02
-- param     orders number 10 orders a day from which an empty one is strange | 日均订单达到多少时空白日才算异常
SELECT key, toUInt64(0) AS customer_id, toDate(toUInt16(tupleElement(gap, 1) + 1)) AS ordered_on,
  toFloat64(tupleElement(gap, 2)) AS value
FROM (
  SELECT store_key AS key,
    arrayJoin(arrayFilter(each -> tupleElement(each, 2) > 0, arrayMap(
      (later, earlier) -> (earlier, later - earlier - 1), arrayPopFront(days), arrayPopBack(days)))) AS gap
  FROM (
    SELECT store_key, arraySort(groupArray(day)) AS days
    FROM (
      SELECT store_key, toInt64(toUInt16(ordered_on)) AS day, count() AS day_orders
      FROM orders
      WHERE status != 4
      GROUP BY store_key, day) AS by_day
    GROUP BY store_key
    HAVING sum(day_orders) >= {orders:Float64} * count() AND count() * 10 >= (max(day) - min(day) + 1) * 9) AS stores_days) AS gaps
