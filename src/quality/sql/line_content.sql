-- row: what a line says by itself
cityHash64(line_number, product_key, category, quantity_milli, price_minor, gross_minor, net_minor, ifNull(own_cost_minor, -1))
