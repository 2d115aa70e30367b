-- row       a person who has, had or is an account that changed, into segment_touched
-- fragments joined
INSERT INTO segment_touched (customer_id)
SELECT person AS customer_id
FROM (
  SELECT customer_id AS person
  FROM segment_changed
  UNION ALL
  SELECT belongs_to AS person
  FROM {{joined}} AS j
  WHERE customer_id GLOBAL IN (SELECT customer_id FROM segment_changed)
  UNION ALL
  SELECT arrayJoin([print, was]) AS person
  FROM segment_changed
  WHERE part = {links_part:UInt64}
) AS t
WHERE person != 0
GROUP BY person
