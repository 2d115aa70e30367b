-- row      a month of first purchases and a word (channel or category) of the first purchase day; all customers with
--          any known word once more under the word ''
-- columns  known: 0 if no word is known; customers, returned, young as in by_number.sql
-- fragments word (a column), rows_with_words (a relation)
SELECT toInt64(toRelativeMonthNum(first_on)) AS month, toInt64(notEmpty(words)) AS known,
  arrayJoin(arrayPushFront(words, '')) AS word,
  toInt64(countIf(watched)) AS customers, toInt64(countIf(watched AND returned)) AS returned,
  toInt64(countIf(NOT watched)) AS young
FROM (
  SELECT customer_id, first_on, watched, returned, words
  FROM (
    SELECT customer_id, min(ordered_on) AS first_on,
      toInt64({to:Date}) - 1 - toInt64(first_on) >= {days:Int64} AS watched,
      arraySort(arrayDistinct(groupArray(ordered_on))) AS purchase_days,
      length(purchase_days) > 1 AND toInt64(purchase_days[2]) - toInt64(first_on) <= {days:Int64} AS returned
    FROM {{counted_orders}} AS o
    WHERE customer_id != 0
    GROUP BY customer_id
    HAVING first_on >= {begin:Date} AND first_on < {end:Date}) AS firsts
  ANY LEFT JOIN (
    SELECT customer_id, ordered_on AS first_on, groupUniqArray({{word}}) AS words
    FROM {{rows_with_words}} AS l
    WHERE customer_id != 0 AND {{word}} != '' AND ordered_on >= {begin:Date} AND ordered_on < {end:Date}
    GROUP BY customer_id, ordered_on) AS named
  USING customer_id, first_on) AS first_purchases
GROUP BY month, known, word
