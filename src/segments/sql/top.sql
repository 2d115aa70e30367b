-- row       a customer of the first so many; the lower number goes first where values are equal
SELECT person
FROM ({{people}}) AS {{alias}}
WHERE {{predicate}} AND isNotNull({{value}})
ORDER BY {{value}} {{direction}}, person
LIMIT {{{limit}}:UInt64}
