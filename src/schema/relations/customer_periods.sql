-- relation  customer_periods
-- row       a customer in a bucket; customer 0 holds all orders whose customer is not known
-- fragments bucket, dims, purchases (orders, or purchase days if the orders of a day are merged),
--           purchases_with_units (those whose units are known)
SELECT {{bucket}} AS bucket{{dims}}, customer_id,
  {{purchases}} AS orders,
  {{purchases_with_units}} AS orders_with_units,
  min(ordered_on) AS first_on,
  max(ordered_on) AS last_on,
  sum(amount_minor) AS spent_minor,
  sum(o.gross_minor) AS list_minor,
  sum(o.net_minor) AS kept_minor,
  sum(o.units_milli) AS bought_milli
FROM {{counted_orders}} AS o
GROUP BY bucket{{dims}}, customer_id
