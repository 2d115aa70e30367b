-- row       a day on which a customer registered, or did something; of joined accounts it is their person's
UNION ALL
SELECT customer_id, toUInt16(assumeNotNull(registered_on)) AS day, toUInt8(0) AS is_order
FROM customers
WHERE customer_id != 0 AND isNotNull(registered_on) AND assumeNotNull(registered_on) < {to:Date}
  AND customer_id GLOBAL NOT IN (SELECT customer_id FROM {{joined_accounts}} AS j)
UNION ALL
SELECT if(belongs_to = 0, customer_id, belongs_to) AS person, toUInt16(occurred_on) AS day, toUInt8(0) AS is_order
FROM (
  SELECT customer_id, occurred_on
  FROM events
  WHERE customer_id != 0 AND occurred_on < {to:Date}
  GROUP BY customer_id, occurred_on
) AS e
GLOBAL ANY LEFT JOIN {{joined_accounts}} AS k USING customer_id
