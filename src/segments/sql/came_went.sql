-- row       a segment that a run moved anybody of
SELECT segment, toInt64(0) AS customers, toInt64(countIf(entered = 1)) AS came, toInt64(countIf(entered = 0)) AS went
FROM segment_moves
WHERE run = {run:UInt64}
GROUP BY segment
