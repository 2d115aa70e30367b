-- relation  earlier_customers
-- row       an order of a known customer before `begin`: whoever is in here is no newcomer
-- use       bitXor(customer_id, 0) NOT IN it: a bare customer_id, the first column of the table's order, makes
--           the engine compare the whole set with its index: three times the work
-- fragments dims
SELECT customer_id{{dims}}
FROM {{counted_orders}} AS o
WHERE customer_id != 0 AND ordered_on < {begin:Date}
