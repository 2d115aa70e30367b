-- row: a user id that some event gave
SELECT DISTINCT user_id FROM events WHERE user_id != ''
