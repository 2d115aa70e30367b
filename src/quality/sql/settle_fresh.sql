-- row: an order that is not as decided
INSERT INTO settle_found (list, order_key)
SELECT {list:String}, order_key
FROM {{table}}
GLOBAL ALL INNER JOIN ({{decided}}) AS decided USING (order_key)
WHERE {{differs}}
GROUP BY order_key
