-- relation  valued_customers
-- row       a customer with a counted order in [from, to), with the value she is ranked by
-- columns   value is 0 where it is not known, because some of her orders do not tell it
-- fragments order_value (of an order), order_unknown (a condition on an order)
SELECT customer_id, countIf({{order_unknown}}) = 0 AS known, toInt64(if(known, sum({{order_value}}), 0)) AS value
FROM {{counted_orders}} AS o
WHERE customer_id != 0
GROUP BY customer_id
