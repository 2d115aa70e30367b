-- row       a group of answers to the NPS question and a score; with `latest`, each known customer's last answer alone
-- fragments answers (each.sql or latest.sql), group
SELECT {{group}} AS part, points, toInt64(count()) AS answers
FROM ({{answers}}) AS a
GROUP BY part, points
