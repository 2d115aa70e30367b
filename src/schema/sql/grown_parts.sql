-- row: a partition of the table
SELECT DISTINCT toInt64({{partition_by}}) AS part FROM {{table}} ORDER BY part
