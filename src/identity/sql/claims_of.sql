-- row: a user id under which some visitors or former numbers were met
SELECT visitor, user_id, toUInt64(max(is_alias)) AS with_alias
FROM event_claims
WHERE visitor GLOBAL IN (SELECT arrayJoin({keys:Array(String)}) AS visitor)
GROUP BY visitor, user_id
