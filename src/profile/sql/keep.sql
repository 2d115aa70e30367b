-- row       a customer whose row stays as it is, into refresh_rows
-- fragments columns
INSERT INTO refresh_rows (customer_id, as_of, fingerprint, recent_fingerprint{{columns}})
SELECT customer_id, as_of, fingerprint, recent_fingerprint{{columns}}
FROM customer_profile
WHERE bitXor(customer_id, 0) GLOBAL NOT IN (SELECT customer_id FROM refresh_changed)
