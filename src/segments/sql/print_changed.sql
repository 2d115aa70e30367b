-- row       an account whose rows of a part are not what they were: its prints, into those that are kept
INSERT INTO segment_prints (part, customer_id, print, run)
SELECT part, customer_id, print, {run:UInt64} AS run
FROM segment_changed
WHERE part < {days_part:UInt64}
