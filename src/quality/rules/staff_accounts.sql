-- rule      staff_accounts
-- title     Orders of staff accounts | 员工账号订单
-- question  Which orders did the shop's own people make? | 哪些订单是自己员工下的？
-- method    The customer's name or key matches `pattern` (a regular expression, small letters). | 客户姓名或编号匹配 `pattern`（正则表达式，按小写比较）。
-- grain     order
-- severity  warning
-- action    quarantine
-- mend      customer
-- value     minor Amount | 金额
-- weight    3 at 0.05
-- param     pattern text (^|[^a-z])(staff|employee|internal)([^a-z]|$)|员工|内部|内购 what names of staff accounts look like | 员工账号名称的特征
SELECT order_key AS key, customer_id, ordered_on, toFloat64(gross_minor - discount_minor) AS value
FROM orders
WHERE customer_id GLOBAL IN (
  SELECT customer_id
  FROM customers
  WHERE match(lowerUTF8(name), {pattern:String}) OR match(lowerUTF8(customer_key), {pattern:String}))
