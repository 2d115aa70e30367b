-- row       a step from one close to the next, with a stage at one of both
-- columns  step: from 1, between the closes of these numbers and one more; stages: as `stages` numbers them
--          from 1; 0 none
-- fragments stage_days (rows customer_id, day, is_order: days with an order, and those that show who is known),
--          stage_before, stage_after
SELECT toInt64(step) AS step, toInt64(stage_before) AS stage_before, toInt64(stage_after) AS stage_after,
  toInt64(count()) AS customers
FROM (
  SELECT step, {{stage_before}} AS stage_before, {{stage_after}} AS stage_after
  FROM (
    SELECT step, orders_before, orders_after,
      close_before - 1 - toInt64(days[1]) AS age_before,
      close_after - 1 - toInt64(days[1]) AS age_after,
      close_before - 1 - last_before AS silence_before,
      close_after - 1 - last_after AS silence_after,
      if(earlier_before = 0, 0, last_before - toInt64(days[earlier_before])) AS gap_before,
      if(earlier_after = 0, 0, last_after - toInt64(days[earlier_after])) AS gap_after,
      if(signs_before = 0, -1, close_before - 1 - toInt64(signs[signs_before])) AS quiet_before,
      if(signs_after = 0, -1, close_after - 1 - toInt64(signs[signs_after])) AS quiet_after
    FROM (
      SELECT step, days, signs, close_before, close_after, orders_before, orders_after, last_before, last_after,
        arrayCount(day -> day < last_before, days) AS earlier_before,
        arrayCount(day -> day < last_after, days) AS earlier_after,
        arrayCount(day -> day < close_before, signs) AS signs_before,
        arrayCount(day -> day < close_after, signs) AS signs_after
      FROM (
        SELECT step, days, signs, close_before, close_after, orders_before, orders_after,
          toInt64(days[orders_before]) AS last_before, toInt64(days[orders_after]) AS last_after
        FROM (
          SELECT step, days, signs, close_before, close_after,
            arrayCount(day -> day < close_before, days) AS orders_before,
            arrayCount(day -> day < close_after, days) AS orders_after
          FROM (
            SELECT step, days, signs, {closes:Array(Int64)}[step] AS close_before,
              {closes:Array(Int64)}[step + 1] AS close_after
            FROM (
              SELECT days, signs, arrayJoin({steps:Array(Int64)}) AS step
              FROM (
                SELECT customer_id, arraySort(groupArrayIf(day, is_order = 1)) AS days,
                  arraySort(groupArrayIf(day, is_order = 0)) AS signs
                FROM (
{{stage_days}}
                ) AS d
                GROUP BY customer_id) AS customers) AS steps) AS closes) AS counted) AS lasts) AS earlier) AS seen) AS stages
WHERE stage_before > 0 OR stage_after > 0
GROUP BY step, stage_before, stage_after
