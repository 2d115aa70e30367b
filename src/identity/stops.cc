#include <algorithm>

#include "identity/journal.h"
#include "identity/person.h"
#include "identity/work.h"
#include "ingest/ingest.h"

namespace huitou::identity {
namespace {

std::string kind_names() {
  std::string out;
  for (const ingest::KeyKind& kind : ingest::key_kinds()) {
    out += (out.empty() ? "" : ", ") + std::string(kind.name);
  }
  return out;
}

Error no_such_key(std::string_view written) {
  const std::string word(written);
  return {Code::invalid_input, "'" + word + "' is no key that is known.",
          "Say its kind, as in phone:13800138000; the kinds are " + kind_names() + ".",
          "“" + word + "”不是已知的标识。",
          "请注明类别，例如 phone:13800138000；类别有 " + kind_names() + "。"};
}

Status mark_pending(store::Store& store, const Stop& stop) {
  TRY(store.run("INSERT INTO identity_pending (kind, key) VALUES (?, ?) ON CONFLICT DO NOTHING",
                {stop.kind, stop.key}));
  if (stop.kind == "cookie") {
    TRY(store.run("INSERT INTO identity_pending_visitors (key) VALUES (?) ON CONFLICT DO NOTHING",
                  {stop.key}));
  }
  return {};
}

}  // namespace

Result<Stop> parse_stop(engine::Engine& engine, std::string_view written) {
  const std::size_t colon = written.find(':');
  if (colon != std::string_view::npos && ingest::find_key_kind(written.substr(0, colon))) {
    const std::string kind(written.substr(0, colon));
    const std::string key = ingest::normal_key(kind, written.substr(colon + 1));
    return key.empty() ? Result<Stop>(no_such_key(written)) : Result<Stop>(Stop{kind, key});
  }
  for (const ingest::KeyKind& kind : ingest::key_kinds()) {
    const std::string key = ingest::normal_key(kind.name, written);
    if (key.empty()) {
      continue;
    }
    TRY(const engine::Query query,
        statement("holders", {{"key", key}, {"kind", std::string(kind.name)}}));
    TRY(const Frame rows, engine.query(query));
    if (rows.rows() > 0) {
      return Stop{std::string(kind.name), key};
    }
  }
  for (const char* kind : {"email", "phone"}) {
    const std::string key = ingest::normal_key(kind, written);
    if (!key.empty()) {
      return Stop{kind, key};
    }
  }
  return no_such_key(written);
}

Status add_stop(store::Store& store, const Stop& stop, const std::string& reason,
                std::int64_t now) {
  TRY(Journal(store).ensure());
  TRY(const StopList list, StopList::load(store));
  if (list.contains(stop.kind, stop.key)) {
    return Error{Code::conflict, stop.kind + ":" + stop.key + " is on the stop-list already.",
                 "See `huitou identity stop list`.",
                 stop.kind + ":" + stop.key + " 已在停用名单中。",
                 "参见 `huitou identity stop list`。"};
  }
  return store.transaction([&](store::Store& inner) -> Status {
    TRY(inner.run("INSERT INTO identity_stops (kind, key, reason, added_at) VALUES (?, ?, ?, ?)",
                  {stop.kind, stop.key, reason, now}));
    return mark_pending(inner, stop);
  });
}

Status remove_stop(store::Store& store, const Stop& stop) {
  TRY(Journal(store).ensure());
  TRY(const Frame rows, store.run("SELECT key FROM identity_stops WHERE kind = ? AND key = ?",
                                  {stop.kind, stop.key}));
  if (rows.rows() == 0) {
    return Error{Code::not_found, stop.kind + ":" + stop.key + " is not on this shop's stop-list.",
                 "See `huitou identity stop list`; what every shop stops stays stopped.",
                 stop.kind + ":" + stop.key + " 不在本店的停用名单中。",
                 "参见 `huitou identity stop list`；通用的停用标识不能移除。"};
  }
  return store.transaction([&](store::Store& inner) -> Status {
    TRY(inner.run("DELETE FROM identity_stops WHERE kind = ? AND key = ?", {stop.kind, stop.key}));
    return mark_pending(inner, stop);
  });
}

Result<Frame> stops(store::Store& store) {
  TRY(Journal(store).ensure());
  TRY(const Frame rows, store.run("SELECT kind, key, reason, added_at FROM identity_stops "
                                  "ORDER BY added_at DESC, kind, key LIMIT 100000"));
  Frame frame;
  for (const char* name : {"kind", "key", "reason"}) {
    frame.columns.push_back(make_column(name, ColumnType::text));
  }
  frame.columns.push_back(make_column("added_at", ColumnType::time));
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    frame.columns[0].push_text(rows.text("kind", row).value_or(""));
    frame.columns[1].push_text(rows.text("key", row).value_or(""));
    frame.columns[2].push_text(rows.text("reason", row).value_or(""));
    frame.columns[3].push_integer(rows.integer("added_at", row).value_or(0));
  }
  for (const Stop& stop : known_stops()) {
    frame.columns[0].push_text(stop.kind);
    frame.columns[1].push_text(stop.key);
    frame.columns[2].push_null();
    frame.columns[3].push_null();
  }
  return frame;
}

Result<Stop> splitting_key(engine::Engine& engine, store::Store& store, std::string_view customer,
                           std::string_view key) {
  TRY(const Person person, find_person(engine, store, customer));
  const std::size_t colon = key.find(':');
  const bool kind_given =
      colon != std::string_view::npos && ingest::find_key_kind(key.substr(0, colon));
  for (const Person::Key& held : person.keys) {
    const std::string_view written = kind_given ? key.substr(colon + 1) : key;
    const bool kind_fits = !kind_given || key.substr(0, colon) == held.kind;
    if (!kind_fits || ingest::normal_key(held.kind, written) != held.key) {
      continue;
    }
    const bool takes_apart = held.kind == "member" ? !person.joined.empty() && held.state != "alone"
                             : held.is_browser     ? held.state == "own"
                                               : held.state == "joins" || held.state == "agrees";
    if (takes_apart) {
      return Stop{held.kind, held.key};
    }
    return Error{Code::conflict, held.kind + ":" + held.key + " joins nothing here.",
                 "`huitou identity show` says which keys join.",
                 held.kind + ":" + held.key + " 在此没有合并任何账户。",
                 "`huitou identity show` 会说明哪些标识起合并作用。"};
  }
  const std::string word(key);
  return Error{Code::not_found, "This person does not have the key '" + word + "'.",
               "`huitou identity show` lists the keys.", "该客户没有标识“" + word + "”。",
               "`huitou identity show` 会列出其标识。"};
}

}  // namespace huitou::identity
