-- row       a customer known by the instant, with the values of the facts
-- method    a customer whose registration, or else first order, lies later is not known yet
-- fragments values, sources (one row a customer each, null where a source has nothing of her)
SELECT person{{values}}
FROM (
{{sources}}
) AS s
GROUP BY person
HAVING max(is_customer) = 1 AND (max(registered) = 1 OR max(early) = 1 OR (max(registered) = 0 AND max(late) = 0))
