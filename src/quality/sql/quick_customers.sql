-- row: a customer with two orders at most `minutes` apart
SELECT customer_id
FROM orders
WHERE customer_id != 0 AND status != 4 AND toUInt32(ordered_at) % 900 != 0
GROUP BY customer_id
HAVING count() > 1 AND arrayExists(
  (later, earlier) -> later - earlier <= {minutes:Int64} * 60,
  arrayPopFront(arraySort(groupArray(toInt64(toUInt32(ordered_at))))),
  arrayPopBack(arraySort(groupArray(toInt64(toUInt32(ordered_at))))))
