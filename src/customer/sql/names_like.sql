-- row  an account whose name holds a text, whole names first
SELECT toUInt64(customer_id) AS account, name
FROM customers
WHERE positionCaseInsensitiveUTF8(name, {text:String}) > 0
ORDER BY lengthUTF8(name), name, account
LIMIT {limit:UInt64}
