-- fact has_key
-- zh 有标识
-- title keys of a kind, such as phone or email | 某类标识的数量，如 phone、email
-- type count
-- source keys
-- subject kind = {{subject}}
-- takes a kind: member, phone, email, unionid, openid, device | 标识类别：member、phone、email、unionid、openid、device
-- zero 0 without such a key | 没有此类标识时为 0
uniqExactIf(key, {{when}})
