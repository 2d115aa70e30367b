-- row: a line that came in after the correction, as it would have come in before it
INSERT INTO settle_aside_lines ({{columns}})
SELECT {{restored}}
FROM order_lines
GLOBAL ALL INNER JOIN (
  SELECT order_key, customer_id AS came_customer, ordered_on AS came_on, status AS came_status, account_id AS came_account
  FROM aside_orders) AS heads USING (order_key)
WHERE order_key GLOBAL IN (SELECT order_key FROM settle_found WHERE list = 'late_lines')
