-- row: a decision that concerns the lines of its order, and with which status, day and account the order came
SELECT order_key, is_fix, fix_on, fix_status, fix_account, came_status, came_on, came_account
FROM settle_keys
GLOBAL ANY LEFT JOIN (
  SELECT order_key, status AS came_status, ordered_on AS came_on, {{account}} AS came_account
  FROM aside_orders) AS came USING (order_key)
WHERE is_fix = 0 OR moves_lines = 1
