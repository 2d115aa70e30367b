-- row: one of identities that is not there yet
INSERT INTO identities (customer_id, kind, key, source)
SELECT customer_id, kind, key, source
FROM load_identities
WHERE customer_id GLOBAL NOT IN (SELECT customer_id FROM identities)
