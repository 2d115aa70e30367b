-- row: the ids of events of which one is touched
SELECT user_id, anonymous_id
FROM ({{events_touched}}) AS touched
GROUP BY user_id, anonymous_id
