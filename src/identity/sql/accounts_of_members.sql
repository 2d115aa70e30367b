-- row: a member's number that is known
SELECT key, toUInt64(customer_id) AS account
FROM identities
WHERE kind = 'member' AND key GLOBAL IN (SELECT arrayJoin({keys:Array(String)}) AS key)
