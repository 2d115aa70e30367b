-- Orders whose status is none of ours.
SELECT toUInt64(count()) AS rows FROM orders WHERE status < 1 OR status > 5
