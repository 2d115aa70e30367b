-- relation  gap_ranks
-- row       a length of the gap between two successive purchases whose later one lies in [begin, end)
-- columns   gaps: how many are that long; first_rank: gaps of the bucket that are shorter; all_gaps: of the bucket
-- fragments day_bucket (of the column day), dims
SELECT bucket{{dims}}, gap_days, gaps, last_rank - gaps AS first_rank, all_gaps
FROM (
  SELECT bucket{{dims}}, all_gaps,
    arrayMap(x -> tupleElement(x, 1), histogram) AS lengths,
    arrayMap(x -> tupleElement(x, 2), histogram) AS counts,
    arrayCumSum(arrayMap(x -> tupleElement(x, 2), histogram)) AS ranks
  FROM (
    SELECT bucket{{dims}}, arraySort(groupArray((gap, n))) AS histogram, sum(n) AS all_gaps
    FROM (
      SELECT {{day_bucket}} AS bucket{{dims}}, toInt64(day - day_before) AS gap, toInt64(count()) AS n
      FROM {{purchase_gaps}} AS p
      WHERE day < toInt64({end:Date}) AND day_before > 0
      GROUP BY bucket{{dims}}, gap
    ) AS g
    GROUP BY bucket{{dims}}
  ) AS h
) AS a
ARRAY JOIN lengths AS gap_days, counts AS gaps, ranks AS last_rank
