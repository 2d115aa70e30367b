-- row: a row of a file that broke a rule
SELECT toUInt64(load_id) AS load_id, file, toUInt64(line) AS line, field, value, rule, severity, action,
  message_en, message_zh
FROM findings
WHERE has({loads:Array(Int64)}, toInt64(load_id)) AND ({rule:String} = '' OR rule = {rule:String})
ORDER BY load_id DESC, line, rule
LIMIT {limit:UInt64}
