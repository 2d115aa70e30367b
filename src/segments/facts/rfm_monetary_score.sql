-- fact rfm_monetary_score
-- zh 额度得分, 额度分
-- en m_score
-- title M score of RFM, 1 to 5 (5: the highest net amount), among all customers with such orders | RFM 的 M 分值（1 至 5，5 为净消费金额最高），在有此类订单的全部客户中比较
-- type count
-- source orders
-- unknown without such an order, and where fewer than 20 customers have one | 没有此类订单，或有此类订单的客户不足 20 位时未知
if(countIf({{when}}) = 0 OR {{{scales}}_known:UInt8} = 0, NULL, 1
  + (sumIf(net_minor, {{when}}) >= {{{scales}}_amount_1:Int64}) + (sumIf(net_minor, {{when}}) >= {{{scales}}_amount_2:Int64})
  + (sumIf(net_minor, {{when}}) >= {{{scales}}_amount_3:Int64}) + (sumIf(net_minor, {{when}}) >= {{{scales}}_amount_4:Int64}))
