-- row  a customer whose scores are one of the cells, the highest amounts first
-- The cut points are the lowest values that pass; levels is 5, or 2 with cut points 2 to 4 out of
-- reach. A cell is the number with the digits R, F, M.
SELECT s.customer_id AS customer_id, k.customer_key AS customer_key, s.r AS r, s.f AS f, s.m AS m,
       s.days_since_last_order AS days_since_last_order, s.orders AS orders,
       s.amount_minor AS amount_minor
FROM (
  SELECT customer_id, r, f, m, days_since_last_order, orders, amount_minor
  FROM (
    SELECT customer_id, days_since_last_order, orders, amount_minor,
           toInt64({levels:Int64} - (days_since_last_order >= {days_1:Int64})
             - (days_since_last_order >= {days_2:Int64}) - (days_since_last_order >= {days_3:Int64})
             - (days_since_last_order >= {days_4:Int64})) AS r,
           toInt64(1 + (orders >= {orders_1:Int64}) + (orders >= {orders_2:Int64})
             + (orders >= {orders_3:Int64}) + (orders >= {orders_4:Int64})) AS f,
           toInt64(1 + (amount_minor >= {amount_1:Int64}) + (amount_minor >= {amount_2:Int64})
             + (amount_minor >= {amount_3:Int64}) + (amount_minor >= {amount_4:Int64})) AS m
    FROM (SELECT customer_id, toInt64({as_of:Date}) - last_day AS days_since_last_order, orders,
                 amount_minor
          FROM {{customer_totals}} AS c) AS totals) AS scored
  WHERE has({cells:Array(Int64)}, r * 100 + f * 10 + m)
  ORDER BY amount_minor DESC, customer_id
  LIMIT {limit:UInt32}) AS s
ANY LEFT JOIN (SELECT customer_id, customer_key FROM customers) AS k USING customer_id
ORDER BY amount_minor DESC, customer_id
