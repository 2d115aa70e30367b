-- row       a month of purchase days from `begin` on that were not followed by another within `window` days; of each such
--           purchase day there are `days` more to be seen before `end`
-- columns   purchases; returned: those followed by a purchase in the `days` days after the window
-- fragments purchases: a query of customer_id, day and day_after (numbers of days); a purchase day may come several times
-- method    the purchase is where both sides begin, the end of the window where watching begins: nobody has to have come back
--           in order to be counted on one side
SELECT toInt64(month) AS month, toInt64(count()) AS purchases,
  toInt64(countIf(next_day <= day + {window:Int64} + {days:Int64})) AS returned
FROM (
  SELECT customer_id, day, any(day_after) AS next_day, any(toRelativeMonthNum(toDate(toUInt16(day)))) AS month
  FROM {{purchases}} AS p
  WHERE day >= toInt64({begin:Date}) AND day_after > day + {window:Int64}
    AND day + {window:Int64} + {days:Int64} < toInt64({end:Date})
  GROUP BY customer_id, day
) AS landmarks
GROUP BY month
