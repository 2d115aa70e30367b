-- row  a purchase day and a contact of its customer, whichever of her accounts it came under, on the day or in the `window`
--      days after it
SELECT customer_id, day, day_after
FROM {{purchase_neighbours}} AS n
ALL INNER JOIN (
  SELECT if(belongs_to = 0, account, belongs_to) AS customer_id, contact
  FROM (
    SELECT customer_id AS account, toInt64({{contact_day}}) AS contact
    FROM {{contact_table}}
    WHERE customer_id != 0 AND {{contact_day}} < {end:Date} AND {{contact_condition}}) AS a
  GLOBAL ANY LEFT JOIN (SELECT customer_id AS account, belongs_to FROM {{joined_accounts}} AS j) AS k USING account
) AS c USING customer_id
WHERE contact >= day AND contact <= day + {window:Int64}
