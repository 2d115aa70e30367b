-- row: one of some ids
INSERT INTO identity_ids (id)
SELECT arrayJoin({keys:Array(String)}) AS id
