-- row: a row of the data that breaks the rule
INSERT INTO check_flagged (rule, key, customer_id, ordered_on, value)
SELECT {rule:String}, key, customer_id, ordered_on, value
FROM {{broken}}
