-- row  the first instant at which a ticket of the period was opened; 0 where there is none
SELECT toInt64(toUInt32(min(opened_at))) AS first_at
FROM tickets
WHERE opened_on >= {begin:Date} AND opened_on < {end:Date}
