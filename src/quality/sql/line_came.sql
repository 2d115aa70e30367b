-- row: whether a line of a fresh order is there as it came, and not at the place where the decision puts it
is_fix = 0 OR ifNull(fix_on, ordered_on) != ordered_on OR ifNull(fix_account, {{account}}) != {{account}}
  OR (ifNull(fix_on, came_on) = came_on AND ifNull(fix_account, came_account) = came_account)
