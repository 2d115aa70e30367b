-- row: a browser in which one of some members was met
SELECT visitor, user_id
FROM event_claims
WHERE has({members:Array(String)}, user_id)
GROUP BY visitor, user_id
ORDER BY visitor, user_id
LIMIT 1000
