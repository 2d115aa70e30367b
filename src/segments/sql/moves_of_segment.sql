-- row       a move of somebody into a segment or out of it, of the runs that count
SELECT toInt64(customer_id) AS customer_id, toInt64(entered) AS came, toInt64(run) AS run
FROM segment_moves
WHERE segment = {name:String} AND NOT has({void_moves:Array(Int64)}, toInt64(run))
