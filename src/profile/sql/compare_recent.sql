-- row       a customer, of the numbers asked for, whose recent rows have another fingerprint (or who is not in the profile, though perhaps
--           she need not be), into refresh_changed
-- fragments rows (of a recent query)
INSERT INTO refresh_changed (customer_id)
SELECT customer_id
FROM (
{{rows}}
  UNION ALL
  SELECT customer_id, toUInt8(2) AS known, recent_fingerprint AS print
  FROM customer_profile
  WHERE customer_id >= {first:UInt64} AND customer_id < {end_number:UInt64}
) AS both
GROUP BY customer_id
HAVING max(known) > 0 AND sumIf(print, known != 2) != sumIf(print, known = 2)
