-- row       a customer, of the numbers asked for, who is new, gone or has another fingerprint of either kind, into refresh_changed
-- fragments rows (of a wide query)
INSERT INTO refresh_changed (customer_id)
SELECT number
FROM (
  SELECT toUInt64(customer_id) AS number, toUInt64(fingerprint) AS print, toUInt64(recent_fingerprint) AS recent
  FROM (
{{rows}}
  ) AS fresh
  UNION ALL
  SELECT customer_id AS number, fingerprint AS print, recent_fingerprint AS recent
  FROM customer_profile
  WHERE customer_id >= {first:UInt64} AND customer_id < {end_number:UInt64}
) AS both
GROUP BY number
HAVING count() != 2 OR min(print) != max(print) OR min(recent) != max(recent)
