-- metric     active_customer_share
-- title      Share of customers active | 活跃客户占比
-- aliases    活跃率, active share
-- question   Which share of all customers so far was active? | 到目前为止的全部客户中有多少活跃？
-- formula    customers with an order in W / customers with an order up to the end of W | W 内有订单的客户 / 截至 W 末有过订单的客户
-- unit       ratio
-- favourable up
-- from       active_base
-- interval   yes
-- history    yes
sum(active) AS numerator,
sum(customers) AS denominator
