-- rule      test_accounts
-- title     Orders of test accounts | 测试账号订单
-- question  Which orders were made to try the shop out? | 哪些订单是测试下的？
-- method    The customer's name or key matches `pattern` (a regular expression, small letters). | 客户姓名或编号匹配 `pattern`（正则表达式，按小写比较）。
-- grain     order
-- severity  error
-- action    quarantine
-- mend      customer
-- value     minor Amount | 金额
-- weight    5 at 0.02
-- param     pattern text (^|[^a-z])(test|tester|testing|dummy)([^a-z]|$)|测试|试单 what names of test accounts look like | 测试账号名称的特征
SELECT order_key AS key, customer_id, ordered_on, toFloat64(gross_minor - discount_minor) AS value
FROM orders
WHERE customer_id GLOBAL IN (
  SELECT customer_id
  FROM customers
  WHERE match(lowerUTF8(name), {pattern:String}) OR match(lowerUTF8(customer_key), {pattern:String}))
