-- row       a customer drawn by lot: the lot is a hash of her number and the seed, so the same draw finds the same ones
SELECT person
FROM ({{people}}) AS {{alias}}
WHERE {{predicate}}
ORDER BY {{lot}}, person
LIMIT {{{limit}}:UInt64}
