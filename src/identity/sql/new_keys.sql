-- row: how many keys came since a batch
SELECT toUInt64(count()) AS keys FROM identities WHERE kind != 'member' AND batch > {batch:UInt64}
