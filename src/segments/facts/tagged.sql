-- fact tagged
-- zh 标签, 已打标签
-- en tags
-- title tags given by hand or by a file | 标签数（手工或导入）
-- type count
-- source marks
-- subject name = {{subject}}
-- takes the name of a tag | 标签名称
-- zero 0 without such a tag | 没有此类标签时为 0
uniqExactIf(name, kind = 'tag' AND {{when}})
