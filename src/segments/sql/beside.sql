-- row       as in `left`, with the columns of a further source beside it
-- fragments left, left_columns, right, right_columns, alias
SELECT person{{left_columns}}{{right_columns}}
FROM (
{{left}}
) AS b{{alias}}
ANY LEFT JOIN (
{{right}}
) AS s{{alias}} USING person
