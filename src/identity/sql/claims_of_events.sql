-- row: a visitor and a user id that some event has together, in a claim of its own
INSERT INTO event_claims (visitor, user_id, is_alias, claim)
SELECT anonymous_id, user_id, toUInt8(0), (SELECT toUInt64(max(claim) + 1) FROM event_claims)
FROM (SELECT anonymous_id, user_id FROM events WHERE anonymous_id != '' AND user_id != '' GROUP BY anonymous_id, user_id) AS met
WHERE (anonymous_id, user_id) GLOBAL NOT IN (SELECT visitor, user_id FROM event_claims)
