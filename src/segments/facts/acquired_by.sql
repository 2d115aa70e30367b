-- fact acquired_by
-- zh 获客渠道
-- en acquisition_channel
-- title channel of acquisition | 获客渠道
-- type text
-- source customers
-- unknown where it was not given | 未提供时未知
nullIf(any(channel), '')
