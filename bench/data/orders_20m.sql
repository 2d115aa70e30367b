-- 20,000,000 orders of about 1.9 million customers over three years, in the order of their days, from hashes alone
INSERT INTO orders (order_key, customer_id, ordered_at, ordered_on, status, gross_minor, discount_minor, refund_minor, net_minor, cost_minor, units_milli, lines, channel, store_key, region, campaign, source)
SELECT
    concat('B', toString(number)) AS order_key,
    toUInt64(1 + floor(pow(intHash64(number) / 18446744073709551616.0, 1.6) * 2000000)) AS customer_id,
    toDateTime(ordered_on) + toUInt32(intHash64(number + 7) % 80000) AS ordered_at,
    toDate('2023-01-01') + intDiv(number * 1096, 20000000) AS ordered_on,
    toUInt8(multiIf(dice < 2, 4, dice < 4, 5, 3)) AS status,
    toInt64(2000 + intHash64(number + 11) % 30000) AS gross_minor,
    toInt64(if(dice > 80, intDiv(gross_minor, 10), 0)) AS discount_minor,
    toInt64(if(dice >= 2 AND dice < 4, gross_minor - discount_minor, 0)) AS refund_minor,
    toInt64(gross_minor - discount_minor - refund_minor) AS net_minor,
    CAST(NULL AS Nullable(Int64)) AS cost_minor,
    CAST(1000 * (1 + intHash64(number + 13) % 4) AS Nullable(Int64)) AS units_milli,
    toUInt32(1 + intHash64(number + 13) % 4) AS lines,
    arrayElement(['天猫', '京东', '小程序', '门店'], 1 + intHash64(number + 17) % 4) AS channel,
    concat('S', toString(intHash64(number + 19) % 30)) AS store_key,
    arrayElement(['华东', '华北', '华南', '西南', '线上'], 1 + intHash64(number + 23) % 5) AS region,
    '' AS campaign,
    'bench' AS source
FROM (SELECT number, intHash64(number + 29) % 100 AS dice FROM numbers(20000000)) AS made
