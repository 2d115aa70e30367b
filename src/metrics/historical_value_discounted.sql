-- metric     historical_value_discounted
-- title      Historical value, discounted | 历史客户价值（折现）
-- aliases    折现历史价值, discounted value to date
-- question   What was a customer worth on the day of the first purchase? | 按首购日折现，一个客户值多少？
-- formula    Σ amount / (1 + yearly_rate) ^ (days since the first purchase / 365) / customers who first bought in W | Σ 金额 / (1 + 年折现率) ^（距首购天数 / 365）/ W 内首购客户数
-- family     历史价值, 客户价值, historical value, clv
-- differs    Later amounts weigh less, by yearly_rate. | 越晚的金额权重越小（yearly_rate）。
-- unit       minor
-- favourable up
-- from       customer_values
-- uses       yearly_rate
-- history    yes
sum(discounted_minor) AS numerator,
count() AS denominator
