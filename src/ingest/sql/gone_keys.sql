-- row: a key that is gone, also if its rows were in two places
SELECT DISTINCT key FROM load_gone ORDER BY key LIMIT {limit:UInt32}
