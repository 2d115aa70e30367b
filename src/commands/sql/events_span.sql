-- Every event. No event: rows is 0 and the days mean nothing.
SELECT
    toUInt64(count()) AS rows,
    toInt64(min(occurred_on)) AS first_on,
    toInt64(max(occurred_on)) AS last_on
FROM events
