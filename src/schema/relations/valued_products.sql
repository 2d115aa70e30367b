-- relation  valued_products
-- row       a product in counted orders in [from, to), whoever bought it, with the value it is ranked by
-- columns   value is 0 where it is not known; product_key is never empty. The cost of a line is its own, or else that of
--           its pieces; cost_unknown is 1 if that of a line is neither
-- fragments line_policy, product_value (of kept_minor, sold_milli and cost_minor), product_unknown (of cost_unknown)
SELECT product_key, {{product_unknown}} = 0 AS known, toInt64(if(known, {{product_value}}, 0)) AS value
FROM (
  SELECT product_key, toInt64(sum(net_sum)) AS kept_minor, toInt64(sum(quantity_milli * lines)) AS sold_milli,
    toInt64(sum(own_sum + if(lines_without = 0, 0, lines_without * ifNull(
      intDiv(piece_minor * quantity_milli + if(piece_minor * quantity_milli < 0, -500, 500), 1000), 0)))) AS cost_minor,
    max(lines_without > 0 AND (isNull(piece_minor) OR quantity_milli = 0)) AS cost_unknown
  FROM (
    SELECT product_key, quantity_milli, toInt64(count()) AS lines, sum(net_minor) AS net_sum,
      sum(ifNull(own_cost_minor, 0)) AS own_sum, toInt64(countIf(isNull(own_cost_minor))) AS lines_without
    FROM order_lines
    WHERE ordered_on >= {from:Date} AND ordered_on < {to:Date} AND product_key != '' AND {{line_policy}}
    GROUP BY product_key, quantity_milli) AS alike
  ANY LEFT JOIN (SELECT product_key, cost_minor AS piece_minor FROM products) AS costs USING product_key
  GROUP BY product_key) AS sold
