#include "forms/book.h"

#include <fmt/format.h>

#include "forms/values.h"

namespace huitou::forms {
namespace {

constexpr std::string_view kTables[] = {
    "CREATE TABLE IF NOT EXISTS form_entries (id INTEGER PRIMARY KEY AUTOINCREMENT, "
    "form TEXT NOT NULL, key TEXT NOT NULL, content TEXT NOT NULL, changed_at INTEGER NOT NULL, "
    "changed_by TEXT NOT NULL, UNIQUE (form, key))",
    "CREATE TABLE IF NOT EXISTS form_changes (id INTEGER PRIMARY KEY AUTOINCREMENT, "
    "form TEXT NOT NULL, entry INTEGER NOT NULL, before TEXT, after TEXT, "
    "changed_at INTEGER NOT NULL, changed_by TEXT NOT NULL, import INTEGER NOT NULL, "
    "undoes INTEGER NOT NULL)",
    "CREATE INDEX IF NOT EXISTS form_changes_import ON form_changes (import)",
    "CREATE INDEX IF NOT EXISTS form_changes_undoes ON form_changes (undoes)",
    "CREATE TABLE IF NOT EXISTS form_imports (id INTEGER PRIMARY KEY AUTOINCREMENT, "
    "form TEXT NOT NULL, file TEXT NOT NULL, imported_at INTEGER NOT NULL, "
    "imported_by TEXT NOT NULL)",
    "CREATE TABLE IF NOT EXISTS form_state (form TEXT PRIMARY KEY, revision INTEGER NOT NULL, "
    "settled INTEGER NOT NULL)",
    "CREATE TABLE IF NOT EXISTS form_bases (form TEXT NOT NULL, key TEXT NOT NULL, "
    "content TEXT NOT NULL, PRIMARY KEY (form, key))"};

store::Value content_of(const Form& form, const std::optional<Values>& values) {
  return values ? store::Value(to_json(form, *values)) : store::Value();
}

Entry entry_at(const Form& form, const Frame& frame, std::size_t row) {
  return {frame.integer("id", row).value_or(0),
          from_json(form, frame.text("content", row).value_or(""))};
}

Result<std::int64_t> last_id(store::Store& in) {
  TRY(const Frame frame, in.run("SELECT last_insert_rowid() AS id"));
  return frame.integer("id", 0).value_or(0);
}

Error conflict(const Issue& issue) {
  return {Code::conflict, issue.what.en, issue.todo.en, issue.what.zh, issue.todo.zh};
}

}  // namespace

Status ensure_tables(store::Store& store) {
  for (const std::string_view table : kTables) TRY(store.run(table));
  return {};
}

Issue taken(const Form& form, const Values& values, std::int64_t entry) {
  std::string en;
  std::string zh;
  std::string first;
  for (std::size_t i = 0; i < form.fields.size(); ++i) {
    const Field& field = form.fields[i];
    if (!field.key || values[i].empty()) continue;
    if (first.empty()) first = field.name;
    en += (en.empty() ? "" : ", ") + std::string(field.label.en) + " " +
          shown(field, values[i], Language::en);
    zh += (zh.empty() ? "" : "，") + std::string(field.label.zh) + " " +
          shown(field, values[i], Language::zh);
  }
  return {first,
          "",
          true,
          {fmt::format("There is an entry with {} already: number {}.", en, entry),
           fmt::format("已有相同的条目（{}）：编号 {}。", zh, entry)},
          {"Change that entry, or correct what tells the two apart.",
           "请修改该条目，或更正用于区分的字段。"}};
}

Error no_entry(const Form& form, std::int64_t entry) {
  const std::string name(form.name);
  return {Code::not_found, fmt::format("The form '{}' has no entry {}.", name, entry),
          fmt::format("`huitou forms entries {}` lists them.", name),
          fmt::format("表单“{}”没有条目 {}。", name, entry),
          fmt::format("可用 `huitou forms entries {}` 查看。", name)};
}

Result<Book> Book::open(store::Store& store, const Form& form) {
  TRY(ensure_tables(store));
  return Book(store, form);
}

Result<std::optional<Entry>> Book::entry(std::int64_t id) {
  TRY(const Frame frame,
      store_.run("SELECT id, content FROM form_entries WHERE form = ? AND id = ?",
                 {std::string(form_.name), id}));
  return frame.rows() == 0 ? std::optional<Entry>() : std::optional(entry_at(form_, frame, 0));
}

Result<std::optional<Entry>> Book::entry_with(const std::string& key) {
  TRY(const Frame frame,
      store_.run("SELECT id, content FROM form_entries WHERE form = ? AND key = ?",
                 {std::string(form_.name), key}));
  return frame.rows() == 0 ? std::optional<Entry>() : std::optional(entry_at(form_, frame, 0));
}

Result<std::vector<Entry>> Book::entries() {
  TRY(const Frame frame,
      store_.run("SELECT id, content FROM form_entries WHERE form = ? ORDER BY id",
                 {std::string(form_.name)}));
  std::vector<Entry> list;
  for (std::size_t row = 0; row < frame.rows(); ++row) list.push_back(entry_at(form_, frame, row));
  return list;
}

/// An entry without number gets that of its row.
Result<std::int64_t> Book::new_entry(store::Store& in, Values& values, const By& by) {
  const std::string name(form_.name);
  TRY(
      in.run("INSERT INTO form_entries (form, key, content, changed_at, changed_by) "
             "VALUES (?, ?, ?, ?, ?)",
             {name, key_of(form_, values), to_json(form_, values), by.now, by.name}));
  TRY(const std::int64_t id, last_id(in));
  if (form_.numbered.empty() || !values[0].empty()) return id;
  std::string number = fmt::format("{}{:06}", form_.numbered, id);
  while (true) {
    values[0] = number;
    TRY(const auto other, entry_with(key_of(form_, values)));
    if (!other) break;
    number += "-1";
  }
  TRY(in.run("UPDATE form_entries SET key = ?, content = ? WHERE id = ?",
             {key_of(form_, values), to_json(form_, values), id}));
  return id;
}

/// Of an entry that has its number already: writes, brings back or takes away.
Status Book::put(store::Store& in, const Change& change, const By& by) {
  const std::string name(form_.name);
  if (!change.after) {
    TRY(in.run("DELETE FROM form_entries WHERE form = ? AND id = ?", {name, change.entry}));
    return {};
  }
  const std::string key = key_of(form_, *change.after);
  const std::string content = to_json(form_, *change.after);
  if (change.before) {
    TRY(
        in.run("UPDATE form_entries SET key = ?, content = ?, changed_at = ?, changed_by = ? "
               "WHERE form = ? AND id = ?",
               {key, content, by.now, by.name, name, change.entry}));
  } else {
    TRY(
        in.run("INSERT INTO form_entries (id, form, key, content, changed_at, changed_by) "
               "VALUES (?, ?, ?, ?, ?, ?)",
               {change.entry, name, key, content, by.now, by.name}));
  }
  return {};
}

Result<Book::Noted> Book::write(store::Store& in, Change change, const By& by) {
  if (change.after) {
    TRY(const auto other, entry_with(key_of(form_, *change.after)));
    const bool numbers_itself = !form_.numbered.empty() && (*change.after)[0].empty();
    if (other && other->id != change.entry && !numbers_itself) {
      return conflict(taken(form_, *change.after, other->id));
    }
  }
  if (change.entry == 0) {
    TRY(change.entry, new_entry(in, *change.after, by));
  } else {
    TRY(put(in, change, by));
  }
  const std::string name(form_.name);
  TRY(
      in.run("INSERT INTO form_changes (form, entry, before, after, changed_at, changed_by, "
             "import, undoes) VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
             {name, change.entry, content_of(form_, change.before), content_of(form_, change.after),
              by.now, by.name, change.import, change.undoes}));
  TRY(const std::int64_t number, last_id(in));
  TRY(
      in.run("INSERT INTO form_state (form, revision, settled) VALUES (?, 1, 0) "
             "ON CONFLICT (form) DO UPDATE SET revision = revision + 1",
             {name}));
  return Noted{change.entry, number};
}

}  // namespace huitou::forms
