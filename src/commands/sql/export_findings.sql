-- Rows that broke a rule, as far as they were kept, by load.
SELECT
    toUInt64(load_id) AS load_id, found_at, source, file, toUInt64(line) AS line, field, value, rule, severity, action,
    if({chinese:UInt8} = 1, message_zh, message_en) AS message
FROM findings
ORDER BY load_id, line, rule, field
