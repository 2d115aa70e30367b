-- row: a decision
SELECT order_key, is_fix, fix_gross, fix_discount, fix_refund, fix_at, fix_on, fix_status, fix_account
FROM settle_keys
