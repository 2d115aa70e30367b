-- metric     churn_rate
-- code       CHURN
-- title      Churn rate | 流失率
-- aliases    客户流失率, attrition rate
-- question   Which share of the active customers stayed away for N days? | 活跃客户中有多少连续 N 天没有购买？
-- formula    customers who bought in the `window` days before W and not in the first N days from its start / customers who bought in those `window` days | W 开始前 window 天内购买、从 W 第一天起 N 天内未购买的客户 / 那 window 天内购买的客户
-- family     流失率, 流失, churn
-- differs    Asks of active customers whether they stay away for N days. | 问的是活跃客户是否连续 N 天不来。
-- unit       ratio
-- favourable down
-- from       start_activity
-- grain      day
-- uses       days, window
-- maturity   after_start
-- interval   yes
sum(lost) AS numerator,
sum(active) AS denominator
