-- row       an account that is joined to another, with its person in the place of a print
-- fragments part (name of a parameter), joined
SELECT {{{part}}:UInt64} AS part, customer_id, toUInt64(belongs_to) AS print
FROM {{joined}} AS a
