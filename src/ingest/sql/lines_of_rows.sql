-- row: a product in an order. An old server does not unite a constant with a column, hence materialize
SELECT order_key, line_number, customer_id, ordered_on, status, product_key, category,
  ifNull(quantity_milli, 0), price_minor, gross_minor, gross_minor - discount_minor - refund_minor, cost_minor,
  channel, store_key, region, campaign, materialize({source:String})
FROM {{rows}}
WHERE ordered_on >= {from:Date} AND ordered_on < {to:Date} AND {{which}}
