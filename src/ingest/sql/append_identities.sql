-- row: one of identities that is not there yet, in a batch of its own
INSERT INTO identities (customer_id, kind, key, source, batch)
SELECT customer_id, kind, key, brought_by, (SELECT toUInt64(max(batch) + 1) FROM identities)
FROM (SELECT customer_id, kind, key, any(source) AS brought_by FROM load_identities GROUP BY customer_id, kind, key) AS brought
WHERE (customer_id, kind, key) GLOBAL NOT IN (
  SELECT customer_id, kind, key FROM identities
  WHERE customer_id GLOBAL IN (SELECT customer_id FROM load_identities))
