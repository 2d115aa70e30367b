-- row: a link as it is now, in the order of the accounts
SELECT toUInt64(account_id) AS account, toUInt64(person) AS customer, toUInt64(with_account) AS next_account,
  link_kind AS kind, link_key AS key
FROM ({{links}}) AS links
WHERE {{scope}}
ORDER BY account
