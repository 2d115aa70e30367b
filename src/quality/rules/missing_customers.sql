-- rule      missing_customers
-- title     Orders without a customer | 缺少客户的订单
-- question  Where is it not known who bought? | 哪里不知道是谁买的？
-- method    In a month of a channel more than `percent` percent of the orders have no known customer. Repurchase cannot be seen among them. A row is such a channel and month. | 某渠道某月无客户信息的订单超过 `percent`%，其复购无从得知；一行为一个渠道的一个月。
-- grain     channel_month
-- severity  warning
-- action    fix
-- value     ratio Share without customer | 无客户订单占比
-- weight    4 at 0.5
-- param     percent number 20 percent that is let pass | 允许的百分比
SELECT key, toUInt64(0) AS customer_id, month AS ordered_on, without / nullIf(toFloat64(orders), 0) AS value
FROM (
  SELECT channel AS key, toStartOfMonth(ordered_on) AS month, countIf(customer_id = 0) AS without, count() AS orders
  FROM orders
  WHERE status != 4
  GROUP BY key, month
  HAVING countIf(customer_id = 0) * 100 > {percent:Float64} * count()) AS months
