-- row  an answer to the NPS question with a score
SELECT toInt64(ifNull(score, -1)) AS points, answered_on, channel, store_key, product_key
FROM surveys
WHERE lower(kind) = 'nps' AND isNotNull(score) AND answered_on >= {begin:Date} AND answered_on < {end:Date}
