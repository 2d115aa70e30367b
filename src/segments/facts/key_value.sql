-- fact key_value
-- zh 标识内容
-- title key of a kind, the first by its letters | 某类标识的内容（按字母取首个）
-- type text
-- source keys
-- subject kind = {{subject}}
-- needs a kind: member, phone, email, unionid, openid, device | 标识类别：member、phone、email、unionid、openid、device
-- unknown without such a key | 没有此类标识时未知
nullIf(minIf(key, {{when}}), '')
