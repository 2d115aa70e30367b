-- relation  start_masks
-- row       as start_activity, for few buckets: less than half the work
-- method    each bucket is a bit: an order sets the bits of the buckets that begin within `window` days after it
--           (a customer is active there) and of those that began within the `days` days up to it (she came back)
-- fragments dims; parameters keys: of the buckets; active_masks, back_masks: bits for each day from `from` on
SELECT toDate(toUInt16(key)) AS bucket{{dims}},
  sum(customers * bitAnd(bitShiftRight(active_bits, place), 1)) AS active,
  sum(customers * bitAnd(bitShiftRight(lost_bits, place), 1)) AS lost
FROM (
  SELECT active_bits, bitAnd(active_bits, bitXor(active_bits, back_bits)) AS lost_bits{{dims}}, count() AS customers
  FROM (
    SELECT customer_id{{dims}}, groupBitOr(active_now) AS active_bits, groupBitOr(back_now) AS back_bits
    FROM (
      SELECT customer_id{{dims}},
        toUInt64({active_masks:Array(Int64)}[toInt64(ordered_on) - toInt64({from:Date}) + 1]) AS active_now,
        toUInt64({back_masks:Array(Int64)}[toInt64(ordered_on) - toInt64({from:Date}) + 1]) AS back_now
      FROM {{counted_orders}} AS o
      WHERE customer_id != 0
    ) AS d
    GROUP BY customer_id{{dims}}
  ) AS c
  WHERE active_bits != 0
  GROUP BY active_bits, lost_bits{{dims}}
) AS m
ARRAY JOIN {keys:Array(Int64)} AS key, {places:Array(Int64)} AS place
GROUP BY bucket{{dims}}
HAVING active > 0
