#include "segments/exports.h"

namespace huitou::segments {
namespace {

Status ensure(store::Store& store) {
  TRY(store.run(
      "CREATE TABLE IF NOT EXISTS list_exports (entry INTEGER PRIMARY KEY AUTOINCREMENT, "
      "exported_at INTEGER NOT NULL, said_by TEXT NOT NULL, name TEXT NOT NULL, rule TEXT NOT "
      "NULL, channel TEXT NOT NULL, state TEXT NOT NULL, customers INTEGER, without_consent "
      "INTEGER, without_address INTEGER, columns TEXT NOT NULL, file TEXT NOT NULL, asked_at "
      "INTEGER NOT NULL)"));
  return {};
}

}  // namespace

Result<std::int64_t> begin_export(store::Store& store, const ListExport& list) {
  TRY(ensure(store));
  std::int64_t entry = 0;
  TRY(store.transaction([&](store::Store& in) -> Status {
    TRY(
        in.run("INSERT INTO list_exports (exported_at, said_by, name, rule, channel, state, "
               "columns, file, asked_at) VALUES (?, ?, ?, ?, ?, 'begun', ?, ?, ?)",
               {list.now, list.by, list.name, list.rule, list.channel, list.columns, list.file,
                list.asked_at}));
    TRY(const Frame last, in.run("SELECT max(entry) AS entry FROM list_exports"));
    entry = last.integer("entry", 0).value_or(0);
    return {};
  }));
  return entry;
}

Status finish_export(store::Store& store, std::int64_t entry, const ListCounts& counts) {
  TRY(
      store.run("UPDATE list_exports SET state = 'done', customers = ?, without_consent = ?, "
                "without_address = ? WHERE entry = ?",
                {counts.written, counts.without_consent, counts.without_address, entry}));
  return {};
}

Result<Frame> list_exports(store::Store& store) {
  TRY(ensure(store));
  TRY(Frame frame,
      store.run("SELECT entry, exported_at, said_by AS \"by\", name, rule, channel, state, "
                "customers, without_consent, without_address, columns, file FROM list_exports "
                "ORDER BY entry DESC"));
  frame.at("exported_at").type = ColumnType::time;
  return frame;
}

}  // namespace huitou::segments
