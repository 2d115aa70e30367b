-- row: one of surveys that the batch does not bring
INSERT INTO load_surveys (survey_key, customer_id, kind, score, comment, answered_at, answered_on, channel, product_key, store_key, source)
SELECT survey_key, customer_id, kind, score, comment, answered_at, answered_on, channel, product_key, store_key, source
FROM surveys
WHERE (source, survey_key) GLOBAL NOT IN (SELECT source, survey_key FROM load_surveys)
