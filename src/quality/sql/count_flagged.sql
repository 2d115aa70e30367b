-- row: how many rows a rule flagged
SELECT toUInt64(count()) AS rows FROM {{table}} WHERE rule = {rule:String}
