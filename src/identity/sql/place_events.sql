-- row: an event in some months, where it belongs
INSERT INTO identity_events ({{columns}}, customer_id)
SELECT {{columns}}, if(is_owned = 1, owner, customer_id)
FROM (
  SELECT {{columns}}, customer_id
  FROM events
  WHERE occurred_on >= {from:Date} AND occurred_on < {to:Date} AND has({months:Array(Int64)}, toInt64(toYYYYMM(occurred_on)))
) AS held
GLOBAL ANY LEFT JOIN (SELECT user_id, anonymous_id, owner, is_owned FROM identity_owners) AS owners
  USING (user_id, anonymous_id)
