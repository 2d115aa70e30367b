-- row       an account of a part, into the prints that are kept
-- fragments parts (print_rows and print_links)
INSERT INTO segment_prints (part, customer_id, print, run)
SELECT part, customer_id, print, {run:UInt64} AS run
FROM (
{{parts}}
) AS p
