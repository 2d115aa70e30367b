-- row  an amount and how many known customers' counted orders in [from, to) come to it, the highest first
SELECT amount_minor, toInt64(count()) AS customers
FROM {{customer_totals}} AS c
GROUP BY amount_minor
ORDER BY amount_minor DESC
