-- row       a customer with an order of those that scores are made of
-- fragments people, predicate, shown
SELECT toInt64(assumeNotNull(shown_days)) AS days_since_last_order, toInt64(shown_orders) AS orders,
  toInt64(shown_net) AS amount_minor
FROM (
  SELECT person{{shown}}
  FROM ({{people}}) AS p
  WHERE {{predicate}}
) AS b
