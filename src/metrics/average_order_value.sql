-- metric     average_order_value
-- title      Average order value | 笔单价
-- aliases    AOV, 单均价, order value
-- question   How large is an order? | 一个订单多少钱？
-- formula    amount / orders | 金额 / 订单数
-- family     客单价, 笔单价
-- differs    Divided by orders: a customer with three orders counts three times. | 除以订单数：有三个订单的客户算三次。
-- unit       minor
-- favourable up
-- from       customer_periods
-- uses       merge_days
sum(spent_minor) AS numerator,
sum(orders) AS denominator
