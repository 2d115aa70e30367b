-- relation  customer_values
-- row       a customer whose first purchase lies in [begin, end), with what she was worth before `to`
-- columns   margin_minor: null unless the cost of every one of her orders is known;
--           discounted_minor: each amount discounted from its day to that of the first purchase
-- fragments first_bucket, dims
SELECT {{first_bucket}} AS bucket{{dims}}, customer_id, spent_minor,
  if(orders = orders_with_cost, kept_minor - ifNull(paid_out_minor, 0), NULL) AS margin_minor,
  discounted_to_begin * pow(1 + {yearly_rate:Float64}, (toInt64(first_on) - toInt64({begin:Date})) / 365) AS discounted_minor
FROM (
  SELECT customer_id{{dims}},
    min(ordered_on) AS first_on,
    count() AS orders,
    countIf(isNotNull(o.cost_minor)) AS orders_with_cost,
    sum(amount_minor) AS spent_minor,
    sum(o.net_minor) AS kept_minor,
    sum(o.cost_minor) AS paid_out_minor,
    sum(amount_minor * pow(1 + {yearly_rate:Float64}, (toInt64({begin:Date}) - toInt64(ordered_on)) / 365)) AS discounted_to_begin
  FROM {{counted_orders}} AS o
  WHERE customer_id != 0 AND ordered_on >= {begin:Date}
    AND (bitXor(customer_id, 0){{dims}}) NOT IN {{earlier_customers}}
  GROUP BY customer_id{{dims}}
  HAVING first_on < {end:Date}
) AS c
