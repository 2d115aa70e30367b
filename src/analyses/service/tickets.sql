-- row       a group of tickets opened in the period, one of six things about a ticket, and its value
-- columns   what: reply and close (whole minutes), reply_within and close_within (1: within the target, 0: not), score (1 to 5),
--           complaint (1 or 0); value: -1 where it is not known, or had not happened and was not decided before `until`
-- fragments group; clock: the seconds that count until each of `instants`
SELECT part, what, value, toInt64(count()) AS tickets
FROM (
  SELECT part,
    ['reply', 'close', 'reply_within', 'close_within', 'score', 'complaint'] AS whats,
    [if(has_reply, intDiv(clock[2] - clock[1], 60), toInt64(-1)),
     if(has_close, intDiv(clock[3] - clock[1], 60), toInt64(-1)),
     if({reply_target:Int64} < 0, toInt64(-1),
        if(has_reply, toInt64(clock[2] - clock[1] <= {reply_target:Int64}),
           if({clock_until:Int64} - clock[1] > {reply_target:Int64}, toInt64(0), toInt64(-1)))),
     if({close_target:Int64} < 0, toInt64(-1),
        if(has_close, toInt64(clock[3] - clock[1] <= {close_target:Int64}),
           if({clock_until:Int64} - clock[1] > {close_target:Int64}, toInt64(0), toInt64(-1)))),
     score, complaint] AS seen
  FROM (
    SELECT {{group}} AS part,
      least(toInt64(toUInt32(opened_at)), {until:Int64}) AS opened,
      opened + 60 * toInt64(ifNull(first_reply_minutes, 0)) AS replied,
      toInt64(toUInt32(ifNull(closed_at, opened_at))) AS closed,
      NOT isNull(first_reply_minutes) AND replied >= opened AND replied < {until:Int64} AS has_reply,
      NOT isNull(closed_at) AND closed >= opened AND closed < {until:Int64} AS has_close,
      [opened, if(has_reply, replied, opened), if(has_close, closed, opened)] AS instants,
      {{clock}} AS clock,
      toInt64(ifNull(satisfaction, -1)) AS score,
      if(isNull(is_complaint), toInt64(-1), toInt64(ifNull(is_complaint, 0))) AS complaint
    FROM tickets
    WHERE opened_on >= {begin:Date} AND opened_on < {end:Date}) AS c) AS t
ARRAY JOIN whats AS what, seen AS value
GROUP BY part, what, value
