-- row: a joined account of a person, and how it came there
SELECT toUInt64(account_id) AS account, toUInt64(with_account) AS next_account, link_kind AS kind, link_key AS key,
  toUInt32(link_time) AS linked_at
FROM ({{links}}) AS links
WHERE person = {person:UInt64}
ORDER BY account
LIMIT 10000
