-- relation  customer_discounts
-- row       a customer with a counted order in [from, to), and what she bought at a discount
-- columns   list_minor: before discounts; saved_minor: the discounts; margin_minor: of the orders whose cost is known,
--           whose net amounts come to kept_minor
SELECT customer_id,
  toInt64(count()) AS orders,
  toInt64(countIf(o.discount_minor > 0)) AS discounted_orders,
  toInt64(sum(o.amount_minor)) AS spent_minor,
  toInt64(sumIf(o.amount_minor, o.discount_minor > 0)) AS discounted_spent_minor,
  toInt64(sum(o.gross_minor)) AS list_minor,
  toInt64(sum(o.discount_minor)) AS saved_minor,
  toInt64(sumIf(o.net_minor, isNotNull(o.cost_minor))) AS kept_minor,
  toInt64(kept_minor - ifNull(sum(o.cost_minor), 0)) AS margin_minor
FROM {{counted_orders}} AS o
WHERE customer_id != 0
GROUP BY customer_id
