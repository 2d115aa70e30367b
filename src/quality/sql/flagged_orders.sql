-- row: an order that the rule flagged
SELECT key FROM flagged WHERE rule = {rule:String} GROUP BY key
