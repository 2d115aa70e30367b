-- row: an order of these days and what its lines cost; a cancelled line counts if the whole order is
SELECT order_key,
  if(counting = 0, if(known = lines, whole_minor, NULL), if(known_counting = counting, counting_minor, NULL))
    AS lines_minor
FROM (
  SELECT order_key,
    count() AS lines,
    countIf(isNotNull(line_minor)) AS known,
    sum(ifNull(line_minor, 0)) AS whole_minor,
    countIf(status != 4) AS counting,
    countIf(isNotNull(line_minor) AND status != 4) AS known_counting,
    sumIf(ifNull(line_minor, 0), status != 4) AS counting_minor
  FROM (
    SELECT order_key, status,
      ifNull(own_cost_minor, if(quantity_milli = 0, NULL,
        intDiv(piece_minor * quantity_milli + if(piece_minor * quantity_milli < 0, -500, 500), 1000))) AS line_minor
    FROM (
      SELECT order_key, status, product_key, quantity_milli, own_cost_minor FROM {{lines}} WHERE {{days}}
    ) AS held
    GLOBAL ANY LEFT JOIN (
      SELECT product_key, cost_minor AS piece_minor FROM products WHERE isNotNull(cost_minor)
    ) AS costs USING product_key
  ) AS costed
  GROUP BY order_key
) AS sums
