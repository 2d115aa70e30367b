-- row: how many rows of the source there are; one that is in both places counts once
SELECT toUInt64(uniqExact(hash)) AS rows
FROM (
  SELECT cityHash64({{key}}) AS hash FROM {{table}} WHERE source = {source:String}
  UNION ALL
  SELECT cityHash64({{key}}) AS hash FROM {{also}} WHERE source = {source:String}
) AS held
