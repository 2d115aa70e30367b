-- fact rfm_segment
-- zh 价值分群, 八分群
-- en rfm_group
-- title segment of eight: days since the last order, orders and net amount against their means among all customers with such orders | 八分群：距上次下单天数、订单数、净消费金额分别与有此类订单的全部客户的均值比较
-- type text
-- source orders
-- values Important value | 重要价值客户; Important to keep | 重要保持客户; Important to develop | 重要发展客户; Important to win back | 重要挽留客户; General value | 一般价值客户; General to keep | 一般保持客户; General to develop | 一般发展客户; General to win back | 一般挽留客户
-- unknown without such an order, and where fewer than 20 customers have one | 没有此类订单，或有此类订单的客户不足 20 位时未知
if(countIf({{when}}) = 0 OR {{{scales}}_known:UInt8} = 0, NULL, arrayElement({{values}}, 1
  + (toInt64({end:Date}) - toInt64(maxIf(ordered_on, {{when}})) >= {{{scales}}_days_split:Int64})
  + 2 * (toInt64(countIf({{when}})) < {{{scales}}_orders_split:Int64}) + 4 * (sumIf(net_minor, {{when}}) < {{{scales}}_amount_split:Int64})))
