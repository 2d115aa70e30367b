-- relation  start_activity
-- row       the customers who bought in the `window` days before the first day of a bucket
-- columns   active: all of them; lost: those who bought nothing in the `days` days from that day on
-- method    the changes of a day, added up to the first day of the bucket, as in rolling_windows
-- fragments dims; parameters keys and anchors: the keys and first days of the buckets
SELECT toDate(toUInt16(key)) AS bucket{{dims}}, sum(active_change) AS active, sum(lost_change) AS lost
FROM (
  SELECT change_day{{dims}}, sum(active_step) AS active_change, sum(lost_step) AS lost_change
  FROM (
    SELECT change_day{{dims}}, active_step, lost_step
    FROM (
      SELECT toInt64(day + 1) AS begins{{dims}},
        toInt64(least(day + {window:Int64}, toInt64(day_after)) + 1) AS ends,
        toInt64(greatest(toInt64(day), least(day + {window:Int64}, day_after - {days:Int64})) + 1) AS lost_ends
      FROM {{purchase_neighbours}} AS p
    ) AS s
    ARRAY JOIN [begins, ends, begins, lost_ends] AS change_day,
      [toInt64(1), toInt64(-1), toInt64(0), toInt64(0)] AS active_step,
      [toInt64(0), toInt64(0), toInt64(1), toInt64(-1)] AS lost_step
  ) AS e
  GROUP BY change_day{{dims}}
) AS c
ARRAY JOIN {keys:Array(Int64)} AS key, {anchors:Array(Int64)} AS anchor
WHERE change_day <= anchor
GROUP BY bucket{{dims}}
HAVING active > 0
