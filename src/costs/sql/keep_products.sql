-- row: a product whose cost is known
INSERT INTO costs_products (product_key, cost_minor)
SELECT product_key, cost_minor FROM products WHERE isNotNull(cost_minor)
