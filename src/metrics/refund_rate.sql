-- metric     refund_rate
-- title      Refund rate | 退款率
-- aliases    退款金额占比, refund share
-- question   Which share of the money went back? | 退回了多少比例的钱？
-- formula    Σ refunds / Σ (gross − discount) of the orders paid in W, refunded ones too | Σ 退款 / Σ（原价 − 折扣），W 内已付款订单，包括后来全额退款的
-- unit       ratio
-- favourable down
-- from       bucketed_orders
-- status     paid
-- recorded   refund_minor != 0 OR status = 5
-- unrecorded no refund was ever recorded; load the refunds of the orders. | 从未记录过退款，请加载订单的退款数据。
sum(refund_minor) AS numerator,
sum(gross_minor - discount_minor) AS denominator
