-- row: a month with a line whose cost is by such a product
SELECT DISTINCT toInt64(toYYYYMM(ordered_on)) AS month
FROM order_lines
WHERE isNull(own_cost_minor) AND product_key GLOBAL IN ({{changed}})
