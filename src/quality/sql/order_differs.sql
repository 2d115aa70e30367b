-- row: whether an order is not as decided
is_fix = 0 OR ifNull(fix_gross, gross_minor) != gross_minor OR ifNull(fix_discount, discount_minor) != discount_minor
  OR {{refund}} != refund_minor OR ifNull(fix_at, ordered_at) != ordered_at OR ifNull(fix_on, ordered_on) != ordered_on
  OR ifNull(fix_status, status) != status OR ifNull(fix_account, {{account}}) != {{account}}
