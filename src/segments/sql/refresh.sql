-- row       a customer who came into a segment or left it since the last run that counts
-- fragments fits (for each segment its name where the customer fits, else an empty text), people, who (whose memberships are looked at)
INSERT INTO segment_moves (segment, version, customer_id, moved_on, moved_at, entered, run)
SELECT segment, toUInt64(arrayElement({versions:Array(Int64)}, indexOf({names:Array(String)}, segment))) AS version,
  customer_id, {moved_on:Date} AS moved_on, {moved_at:DateTime} AS moved_at, toUInt8(max(fits)) AS entered, {run:UInt64} AS run
FROM (
  SELECT arrayJoin(arrayFilter(s -> s != '', [{{fits}}])) AS segment, toUInt64(person) AS customer_id, toUInt8(1) AS fits,
    toUInt8(0) AS inside
  FROM ({{people}}) AS p
  UNION ALL
  SELECT segment, customer_id, toUInt8(0) AS fits, toUInt8(1) AS inside
  FROM (
    SELECT segment, customer_id, argMax(entered, run) AS was
    FROM segment_moves
    WHERE {{who}} AND NOT has({void_moves:Array(Int64)}, toInt64(run))
    GROUP BY segment, customer_id
    HAVING was = 1 AND has({names:Array(String)}, segment)
  ) AS c
) AS u
GROUP BY segment, customer_id
HAVING max(fits) != max(inside)
