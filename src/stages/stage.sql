-- The number of a customer's stage at the close of a day, as `Stage` counts from 1; 0 where she is in none.
-- {{orders}} that count until then, {{age}} days since the first of them and {{silence}} since the last, {{gap}} between
-- the last two days with one (0: there is one), {{quiet}} days since she registered or was seen (-1: neither is known)
multiIf(
  {{orders}} = 0, if({potential_days:Int64} > 0 AND {{quiet}} >= 0 AND {{quiet}} <= {potential_days:Int64}, 6, 0),
  {first_days:Int64} > 0 AND {{orders}} = 1 AND {{age}} <= {first_days:Int64}, 1,
  {nurture_days:Int64} > 0 AND {{orders}} <= {nurture_orders:Int64} AND {{age}} <= {nurture_days:Int64}, 2,
  {returned_days:Int64} > 0 AND {{gap}} - 1 > {sleeping_days:Int64} AND {{silence}} <= {returned_days:Int64}, 7,
  {{silence}} <= {active_days:Int64}, 3,
  {{silence}} <= {sleeping_days:Int64}, 4,
  5)
