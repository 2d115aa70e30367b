-- relation  rolling_windows
-- row       the customers who bought in the `days` days that end with the last day of a bucket
-- method    a purchase makes its customer a buyer from its day until the next purchase or until it leaves the window,
--           and a repeat buyer until the purchase before it leaves: the changes of a day, added up to the last day
-- fragments dims; parameters keys and anchors: the first and last days of the buckets
SELECT toDate(toUInt16(key)) AS bucket{{dims}}, sum(buyers_change) AS buyers, sum(repeaters_change) AS repeaters
FROM (
  SELECT change_day{{dims}}, sum(buyers_step) AS buyers_change, sum(repeaters_step) AS repeaters_change
  FROM (
    SELECT change_day{{dims}}, buyers_step, repeaters_step
    FROM (
      SELECT toInt64(day) AS begins{{dims}},
        toInt64(least(day + {days:Int64}, toInt64(day_after))) AS ends,
        toInt64(greatest(toInt64(day), least(toInt64(day_after), day_before + {days:Int64}))) AS repeat_ends
      FROM {{purchase_neighbours}} AS p
    ) AS s
    ARRAY JOIN [begins, ends, begins, repeat_ends] AS change_day,
      [toInt64(1), toInt64(-1), toInt64(0), toInt64(0)] AS buyers_step,
      [toInt64(0), toInt64(0), toInt64(1), toInt64(-1)] AS repeaters_step
  ) AS e
  GROUP BY change_day{{dims}}
) AS c
ARRAY JOIN {keys:Array(Int64)} AS key, {anchors:Array(Int64)} AS anchor
WHERE change_day <= anchor
GROUP BY bucket{{dims}}
HAVING buyers > 0
