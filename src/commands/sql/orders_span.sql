-- Every order, whatever its status. No order: rows is 0 and the days mean nothing.
SELECT
    toUInt64(count()) AS rows,
    toInt64(min(ordered_on)) AS first_on,
    toInt64(max(ordered_on)) AS last_on
FROM orders
