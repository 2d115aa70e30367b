-- row       a store or reason, before the window or in it: complaints
-- fragments item (a column)
SELECT {{item}} AS item, toInt64(opened_on >= {begin:Date}) AS now, toInt64(countIf(ifNull(is_complaint, 0) = 1)) AS hits
FROM tickets
WHERE opened_on >= {from:Date} AND opened_on < {to:Date}
GROUP BY item, now
