-- relation  gap_survival
-- row       a number of days after a purchase in [begin, end), with the share of purchases not followed by then
-- columns   survival: Kaplan-Meier, purchases without a next one are censored at the end of the data; spells: of the bucket
-- fragments day_bucket (of the column day), dims
SELECT bucket{{dims}}, gap_days, survival, spells
FROM (
  SELECT bucket{{dims}}, lengths, spells, arrayMap(x -> exp(x), arrayCumSum(log_shares)) AS shares
  FROM (
    SELECT bucket{{dims}}, spells,
      arrayReverse(lengths_down) AS lengths,
      arrayReverse(arrayMap((x, y) -> log(1 - x / y), events_down, arrayCumSum(all_down))) AS log_shares
    FROM (
      SELECT bucket{{dims}}, spells,
        arrayMap(x -> -tupleElement(x, 1), histogram) AS lengths_down,
        arrayMap(x -> tupleElement(x, 2), histogram) AS events_down,
        arrayMap(x -> tupleElement(x, 3), histogram) AS all_down
      FROM (
        SELECT bucket{{dims}}, arraySort(groupArray((-length, events, n))) AS histogram, sum(n) AS spells
        FROM (
          SELECT {{day_bucket}} AS bucket{{dims}},
            toInt64(least(toInt64(day_after), toInt64({to:Date}) - 1) - day) AS length,
            toInt64(countIf(day_after < toInt64({to:Date}))) AS events,
            toInt64(count()) AS n
          FROM {{purchase_neighbours}} AS p
          WHERE day >= toInt64({begin:Date}) AND day < toInt64({end:Date})
          GROUP BY bucket{{dims}}, length
        ) AS g
        GROUP BY bucket{{dims}}
      ) AS h
    ) AS d
  ) AS s
) AS a
ARRAY JOIN lengths AS gap_days, shares AS survival
