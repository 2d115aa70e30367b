-- row       everyone, and those who fit the rule with what they bought
-- fragments people, predicate, shown, more (further columns)
SELECT toInt64(count()) AS everyone, toInt64(countIf(fits)) AS customers, toInt64(sumIf(shown_orders, fits)) AS orders,
  toInt64(sumIf(shown_net, fits)) AS net_minor, toInt64(sum(shown_net)) AS everyone_net_minor{{more}}
FROM (
  SELECT toUInt8({{predicate}}) AS fits, person{{shown}}
  FROM ({{people}}) AS p
) AS f
