-- metric     units_per_order
-- title      Units per order | 连带率
-- aliases    UPT, 件单数, units per transaction
-- question   How many units does an order hold? | 一个订单有几件商品？
-- formula    units / orders, of orders whose units are known | 件数 / 订单数，只计有件数的订单
-- unit       number
-- favourable up
-- from       customer_periods
-- uses       merge_days
sum(bought_milli) / 1000 AS numerator,
sum(orders_with_units) AS denominator
