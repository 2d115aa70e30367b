-- row  all counted orders before as_of
SELECT toInt64(count()) AS orders,
       toInt64(countIf(customer_id = 0)) AS orders_without_customer,
       toInt64(min(ordered_on)) AS first_on,
       toInt64(max(ordered_on)) AS last_on
FROM {{counted_orders}} AS o
