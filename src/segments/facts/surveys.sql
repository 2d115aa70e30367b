-- fact surveys
-- zh 问卷答复数
-- title answers to surveys | 问卷答复数
-- type count
-- source surveys
-- subject kind = {{subject}}
-- takes a kind of survey, such as nps | 问卷类型，如 nps
-- zero 0 without such an answer | 没有此类答复时为 0
countIf({{when}})
