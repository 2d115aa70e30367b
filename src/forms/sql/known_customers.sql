-- row: a member number that the shop knows
SELECT key
FROM identities
WHERE kind = 'member' AND ({all:UInt8} = 1 OR has({keys:Array(String)}, key))
