-- fact stage
-- zh 客户阶段
-- title stage at the end of the last day that counts, by the limits of the shop: 'active', 'sleeping' or 'lost', and 'first' (one order), 'nurture' (few), 'returned' (bought after being lost) or 'potential' (no order yet) where these are set | 最后一个计入日结束时的阶段，按店铺设置划分：'active'（活跃）、'sleeping'（沉睡）、'lost'（流失）；设置后还有 'first'（首购）、'nurture'（培育）、'returned'（回归）与 'potential'（潜在）
-- type text
-- source orders
-- unknown without such an order, unless potential | 没有此类订单时未知，潜在客户除外
if(countIf({{when}}) = 0, NULL, arrayElement({{stages}}, {{stage}}))
