-- row  a number of days: purchases followed by the next one after that many days (events), or not
--      yet followed when the data ends that many days later (censored)
SELECT toInt64(least(toInt64(day_after), toInt64({as_of:Date}) - 1) - day) AS days,
       toInt64(countIf(day_after < toInt64({as_of:Date}))) AS events,
       toInt64(countIf(day_after >= toInt64({as_of:Date}))) AS censored
FROM {{purchase_neighbours}} AS p
WHERE day >= toInt64({begin:Date}) AND day < toInt64({end:Date})
  AND (day_before < 0 OR {first_only:UInt8} = 0)
GROUP BY days
ORDER BY days
