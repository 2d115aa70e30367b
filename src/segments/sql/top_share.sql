-- row       a customer of the first share of them, rounded up to a whole customer
SELECT arrayJoin(arrayMap(x -> tupleElement(x, 2), arraySlice(ranked, 1, many))) AS person
FROM (
  SELECT arraySort(groupArray(({{sign}}assumeNotNull({{value}}), person))) AS ranked,
    toInt64(ceil(count() * {{{limit}}:Float64})) AS many
  FROM ({{people}}) AS {{alias}}
  WHERE {{predicate}} AND isNotNull({{value}})
) AS r
