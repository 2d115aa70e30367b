-- row       how many persons are touched, and how many customers there are
SELECT toInt64(sum(touched)) AS touched_persons, toInt64(sum(known)) AS customers
FROM (
  SELECT count() AS touched, toUInt64(0) AS known
  FROM segment_touched
  UNION ALL
  SELECT toUInt64(0) AS touched, count() AS known
  FROM customers
) AS c
