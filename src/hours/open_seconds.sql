-- expression  of instants in UTC seconds, the seconds that were open from `origin` until each; needs `params`
-- {{instants}}  an Array(Int64), none outside the weeks that the parameters speak of
arrayMap((at, week) ->
    arrayElement({open_before_week:Array(Int64)}, week + 1)
    + arraySum((begin, end) -> greatest(toInt64(0), least(at - {origin:Int64} - week * {week_seconds:Int64}, end) - begin),
        arraySlice({span_begins:Array(Int64)}, arrayElement({week_places:Array(Int64)}, week + 1), {spans_a_week:Int64}),
        arraySlice({span_ends:Array(Int64)}, arrayElement({week_places:Array(Int64)}, week + 1), {spans_a_week:Int64})),
  {{instants}},
  arrayMap(at -> toInt64(intDiv(at - {origin:Int64}, {week_seconds:Int64})), {{instants}}))
