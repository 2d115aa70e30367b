-- row       a customer with her features, into `target`
-- fragments target, columns (names), values (casts), rows (of a wide query); parameter as_of
INSERT INTO {{target}} (customer_id, as_of, fingerprint, recent_fingerprint{{columns}})
SELECT toUInt64(customer_id), {as_of:Date}, toUInt64(fingerprint), toUInt64(recent_fingerprint){{values}}
FROM (
{{rows}}
) AS found
