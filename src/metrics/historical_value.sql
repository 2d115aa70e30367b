-- metric     historical_value
-- code       CLV-H
-- title      Historical value | 历史客户价值
-- aliases    历史 CLV, 历史CLV, clv, ltv to date, customer value to date
-- question   What has a customer brought in so far? | 一个客户到目前为止带来了多少？
-- formula    Σ amount up to now of the customers who first bought in W / those customers | W 内首购客户至今的金额之和 / 这些客户数
-- family     历史价值, 客户价值, historical value, clv
-- differs    Revenue, not discounted. | 按收入计，不折现。
-- unit       minor
-- favourable up
-- from       customer_values
-- history    yes
sum(spent_minor) AS numerator,
count() AS denominator
