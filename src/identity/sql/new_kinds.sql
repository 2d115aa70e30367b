-- row: a kind of key that came since a batch, and how many; one column finds the rows
SELECT kind, toUInt64(count()) AS keys
FROM identities
PREWHERE batch > {batch:UInt64}
WHERE kind != 'member'
GROUP BY kind
