-- metric     refund_rate
-- title      Refund rate | 退款率
-- aliases    退款金额占比, refund share
-- question   Which share of the money went back? | 退回了多少比例的钱？
-- formula    Σ refunds / Σ (gross − discount) of the orders paid in W, refunded ones too | Σ 退款 / Σ（原价 − 折扣），W 内已付款订单，包括后来全额退款的
-- unit       ratio
-- favourable down
-- from       bucketed_orders
-- status     paid
sum(refund_minor) AS numerator,
sum(gross_minor - discount_minor) AS denominator
