-- metric     amount_per_customer
-- title      Amount per customer | 客单价
-- aliases    人均消费, 人均金额, amount per buyer, ARPU
-- question   How much does a customer spend? | 每个客户花多少钱？
-- formula    amount of orders of known customers / buyers | 有客户信息的订单金额 / 购买客户数
-- family     客单价, 笔单价
-- differs    Divided by customers, not by orders. | 除以客户数，而不是订单数。
-- unit       minor
-- favourable up
-- from       customer_periods
sumIf(spent_minor, customer_id != 0) AS numerator,
countIf(customer_id != 0) AS denominator
