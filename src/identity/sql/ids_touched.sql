-- row: how many ids are touched
SELECT toUInt64(uniqExact(id)) AS ids FROM identity_ids
