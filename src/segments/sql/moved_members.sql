-- row       a customer whom a run moved into a segment or out of it
SELECT segment, toInt64(customer_id) AS customer_id, toInt64(entered) AS came
FROM segment_moves
WHERE run = {run:UInt64} AND has({names:Array(String)}, segment)
