-- row: an order of a file of lines. The bits of `states` are the states of its lines; an order that
-- gives back more than it takes is a credit note, kept as cancelled. What it cost is known if every
-- line says so.
SELECT order_key, customer, first_at, day,
  toUInt8(multiIf(
    paid < 0, 4,
    bitAnd(states, 12) = 0, multiIf(bitAnd(states, 2) != 0, 1, bitAnd(states, 32) != 0, 5, 4),
    paid > 0 AND refund >= paid, 5,
    bitAnd(states, 8) != 0, 3,
    2)),
  gross, gross - paid, refund, paid - refund, cost, units, toUInt32(line_count), order_channel, order_store_key,
  order_region, order_campaign, materialize({source:String})
FROM (
  SELECT order_key,
    any(customer_id) AS customer,
    argMin(ordered_at, row) AS first_at,
    any(ordered_on) AS day,
    groupBitOr(bitShiftLeft(toUInt8(1), status)) AS states,
    sum(gross_minor) AS gross,
    ifNull(any(order_paid_minor), sum(gross_minor) - sum(discount_minor)) AS paid,
    sum(refund_minor) AS refund,
    if(count(cost_minor) = count(), sum(cost_minor), NULL) AS cost,
    sum(quantity_milli) AS units,
    count() AS line_count,
    any(channel) AS order_channel,
    any(store_key) AS order_store_key,
    any(region) AS order_region,
    any(campaign) AS order_campaign
  FROM {{rows}}
  WHERE ordered_on >= {from:Date} AND ordered_on < {to:Date} AND {{which}}
  GROUP BY order_key
) AS sums
