-- row  a known customer's last answer to the NPS question in the period, whichever of her accounts gave it
SELECT toInt64(tupleElement(last, 1)) AS points, tupleElement(last, 2) AS answered_on, tupleElement(last, 3) AS channel,
  tupleElement(last, 4) AS store_key, tupleElement(last, 5) AS product_key
FROM (
  SELECT if(belongs_to = 0, customer_id, belongs_to) AS person,
    argMax((ifNull(score, -1), answered_on, channel, store_key, product_key), (answered_at, survey_key)) AS last
  FROM (
    SELECT customer_id, score, answered_on, channel, store_key, product_key, answered_at, survey_key
    FROM surveys
    WHERE lower(kind) = 'nps' AND isNotNull(score) AND customer_id != 0
      AND answered_on >= {begin:Date} AND answered_on < {end:Date}) AS a
  GLOBAL ANY LEFT JOIN {{joined_accounts}} AS j USING customer_id
  GROUP BY person) AS l
