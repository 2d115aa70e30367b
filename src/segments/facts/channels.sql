-- fact channels
-- zh 渠道数
-- title different channels of orders | 下单渠道数
-- type count
-- source orders
-- zero 0 without such an order | 没有此类订单时为 0
length(arrayDistinct(groupArrayIf(cityHash64(channel), channel != '' AND {{when}})))
