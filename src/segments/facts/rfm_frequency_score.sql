-- fact rfm_frequency_score
-- zh 频度得分, 频度分
-- en f_score
-- title F score of RFM, 1 to 5 (5: the most orders), among all customers with such orders | RFM 的 F 分值（1 至 5，5 为订单最多），在有此类订单的全部客户中比较
-- type count
-- source orders
-- unknown without such an order, and where fewer than 20 customers have one | 没有此类订单，或有此类订单的客户不足 20 位时未知
if(countIf({{when}}) = 0 OR {{{scales}}_known:UInt8} = 0, NULL, 1
  + (toInt64(countIf({{when}})) >= {{{scales}}_orders_1:Int64}) + (toInt64(countIf({{when}})) >= {{{scales}}_orders_2:Int64})
  + (toInt64(countIf({{when}})) >= {{{scales}}_orders_3:Int64}) + (toInt64(countIf({{when}})) >= {{{scales}}_orders_4:Int64}))
