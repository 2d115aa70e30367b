-- row: a kind of key whose holders are not known yet
SELECT kind, toUInt64(count()) AS keys FROM identity_keys GROUP BY kind
