-- Orders whose net amount is not gross - discount - refund.
SELECT toUInt64(count()) AS rows FROM orders WHERE net_minor != gross_minor - discount_minor - refund_minor
