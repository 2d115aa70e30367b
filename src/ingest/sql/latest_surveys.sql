-- row: one of surveys, as its last row in the file says
INSERT INTO load_surveys (survey_key, customer_id, kind, score, comment, answered_at, answered_on, channel, product_key, store_key, source)
SELECT survey_key, customer_id, kind, score, comment, answered_at, answered_on, channel, product_key, store_key, source
FROM load_entities
WHERE row GLOBAL IN (SELECT max(row) FROM load_entities GROUP BY survey_key)
