-- rule      outlier_amounts
-- title     Amounts out of all proportion | 异常大额订单
-- question  Which orders are too big to be true? | 哪些订单大得不真实？
-- method    On a scale of logarithms the amount lies more than `distance` times the span of the middle half (but at least a doubling) above its upper end (Tukey 1977, with a wider fence). | 在对数尺度上，金额超出上四分位数 `distance` 倍四分位距（四分位距至少按一倍计）；Tukey 1977，栅栏更宽。
-- grain     order
-- severity  warning
-- action    keep
-- mend      gross
-- value     minor Amount | 金额
-- weight    4 at 0.02
-- param     distance number 3 spans of the middle half above its end | 超出四分位距的倍数
SELECT order_key AS key, customer_id, ordered_on, toFloat64(gross_minor - discount_minor) AS value
FROM orders
WHERE status != 4 AND gross_minor > discount_minor
  AND log(toFloat64(gross_minor - discount_minor)) > (
    SELECT upper + {distance:Float64} * greatest(upper - lower, log(2))
    FROM (
      SELECT quantileExact(0.75)(log(toFloat64(gross_minor - discount_minor))) AS upper,
        quantileExact(0.25)(log(toFloat64(gross_minor - discount_minor))) AS lower
      FROM orders
      WHERE status != 4 AND gross_minor > discount_minor) AS halves)
