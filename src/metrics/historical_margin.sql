-- metric     historical_margin
-- title      Historical margin | 历史客户毛利
-- aliases    历史毛利, margin to date
-- question   What has a customer earned us so far? | 一个客户到目前为止带来了多少毛利？
-- formula    Σ (net amount − cost) up to now / customers, of those first-time buyers of W whose orders all have a known cost | W 内首购且订单成本齐全的客户至今的（净额 − 成本）之和 / 这些客户数
-- family     历史价值, 客户价值, historical value, clv
-- differs    Margin instead of revenue; only customers whose costs are all known. | 按毛利而不是收入；只计成本齐全的客户。
-- unit       minor
-- favourable up
-- from       customer_values
-- history    yes
sum(margin_minor) AS numerator,
countIf(isNotNull(margin_minor)) AS denominator
