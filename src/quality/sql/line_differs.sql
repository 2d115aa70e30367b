-- row: whether a line is not as decided of its order
is_fix = 0 OR (came_status != 0 AND (ifNull(fix_on, ordered_on) != ordered_on
  OR ifNull(fix_account, {{account}}) != {{account}} OR {{line_status}} != status))
