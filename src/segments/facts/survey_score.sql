-- fact survey_score
-- zh 问卷评分, 最近评分
-- title score of the last answer to the kind of survey | 该类问卷最近一次评分
-- type number
-- source surveys
-- subject kind = {{subject}}
-- needs a kind of survey, such as nps | 问卷类型，如 nps
-- unknown without such an answer | 没有此类答复时未知
if(countIf(isNotNull(score) AND {{when}}) = 0, NULL, toFloat64(argMaxIf(ifNull(score, 0), (answered_at, survey_key), isNotNull(score) AND {{when}})))
