-- fact allows
-- zh 同意接收, 授权渠道
-- title channels that the customer agreed to | 同意接收的渠道数
-- type count
-- source marks
-- subject name = {{subject}}
-- takes a channel: email, sms, wecom | 渠道：email、sms、wecom
-- zero 0 where nothing was agreed to | 没有授权时为 0
uniqExactIf(name, kind = 'consent' AND {{when}})
