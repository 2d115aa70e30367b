-- Every answer to a survey, oldest first.
SELECT
    survey_key, toUInt64(customer_id) AS customer_id, kind, score, comment, answered_at, answered_on, channel,
    product_key, store_key, source
FROM surveys
ORDER BY answered_at, survey_key, source
