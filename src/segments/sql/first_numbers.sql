-- row       a further column of `count`: the numbers of those who fit with the highest amounts, in the order of `first`
, arrayStringConcat(arrayMap(one -> toString(tupleElement(one, 2)),
    arraySlice(arraySort(groupArrayIf(tuple(-shown_net, person), fits)), 1, {most:UInt64})), ' ') AS first
