-- row       a history of customers with an order at a close, and their stage at the next one; of every so many customers
--           one, by a hash of her number
-- columns   step, stage_before, stage_after: as in stage_moves.sql; stage_led: the stage that she comes to if she buys
--           nothing; the others: how many of the edges the value reaches (days since the last order and since the first,
--           orders, days since the last order in percent of the mean days between orders, mean amount)
-- fragments stage_before, stage_led, stage_after
SELECT toInt64(step) AS step, toInt64(stage_before) AS stage_before, toInt64(stage_led) AS stage_led,
  toInt64(stage_after) AS stage_after, toInt64(silence) AS silence, toInt64(age) AS age, toInt64(orders) AS orders,
  toInt64(cycle) AS cycle, toInt64(amount) AS amount, toInt64(count()) AS customers
FROM (
  SELECT step, {{stage_before}} AS stage_before, {{stage_led}} AS stage_led, {{stage_after}} AS stage_after,
    arrayCount(edge -> edge <= silence_before, {silences:Array(Int64)}) AS silence,
    arrayCount(edge -> edge <= age_before, {ages:Array(Int64)}) AS age,
    arrayCount(edge -> edge <= orders_before, {order_counts:Array(Int64)}) AS orders,
    indexOf(arraySort(arrayPushBack({cycles:Array(Int64)}, of_cycle + 1)), of_cycle + 1) - 1 AS cycle,
    indexOf(arraySort(arrayPushBack({amounts:Array(Int64)}, mean_amount + 1)), mean_amount + 1) - 1 AS amount
  FROM (
    SELECT step, orders_before, orders_after, orders_before AS orders_led,
      close_before - 1 - first_day AS age_before,
      close_after - 1 - first_day AS age_after,
      close_after - 1 - first_day AS age_led,
      close_before - 1 - last_before AS silence_before,
      close_after - 1 - last_after AS silence_after,
      close_after - 1 - last_before AS silence_led,
      if(earlier_before = 0, 0, last_before - toInt64(days[earlier_before])) AS gap_before,
      if(earlier_after = 0, 0, last_after - toInt64(days[earlier_after])) AS gap_after,
      if(earlier_before = 0, 0, last_before - toInt64(days[earlier_before])) AS gap_led,
      toInt64(-1) AS quiet_before, toInt64(-1) AS quiet_after, toInt64(-1) AS quiet_led,
      if(last_before = first_day, -1, intDiv(100 * (close_before - 1 - last_before) * (toInt64(orders_before) - 1),
        greatest(last_before - first_day, 1))) AS of_cycle,
      intDiv(net_before, greatest(toInt64(orders_before), 1)) AS mean_amount
    FROM (
      SELECT step, days, close_before, close_after, orders_before, orders_after, last_before, last_after, net_before,
        toInt64(days[1]) AS first_day,
        arrayCount(day -> day < last_before, days) AS earlier_before,
        arrayCount(day -> day < last_after, days) AS earlier_after
      FROM (
        SELECT step, days, close_before, close_after, orders_before, orders_after, net_before,
          toInt64(days[orders_before]) AS last_before, toInt64(days[orders_after]) AS last_after
        FROM (
          SELECT step, days, close_before, close_after,
            arrayCount(day -> day < close_before, days) AS orders_before,
            arrayCount(day -> day < close_after, days) AS orders_after,
            toInt64(arraySum((net, day) -> if(day < close_before, net, toInt64(0)), nets, net_days)) AS net_before
          FROM (
            SELECT step, days, nets, net_days, {closes:Array(Int64)}[step] AS close_before,
              {closes:Array(Int64)}[step + 1] AS close_after
            FROM (
              SELECT days, nets, net_days, arrayJoin({steps:Array(Int64)}) AS step
              FROM (
                SELECT customer_id, groupArray(toInt64(amount_minor)) AS nets,
                  groupArray(toUInt16(ordered_on)) AS net_days, arraySort(groupArray(toUInt16(ordered_on))) AS days
                FROM {{counted_orders}} AS o
                WHERE customer_id != 0 AND intHash64(customer_id) % {every:UInt64} = 0
                GROUP BY customer_id) AS customers) AS steps) AS closes) AS counted
        WHERE orders_before > 0) AS lasts) AS earlier) AS seen) AS stages
GROUP BY step, stage_before, stage_led, stage_after, silence, age, orders, cycle, amount
