// Taking changes back: by further changes, so that the history stays whole.

#include <fmt/format.h>

#include "forms/book.h"
#include "forms/values.h"

namespace huitou::forms {
namespace {

/// A line of history as it is found again.
struct Past {
  std::int64_t id = 0;
  const Form* form = nullptr;
  std::int64_t entry = 0;
  std::optional<std::string> before;
  std::optional<std::string> after;
  bool undone = false;
};

constexpr const char* kPast =
    "SELECT id, form, entry, before, after, EXISTS (SELECT 1 FROM form_changes AS u "
    "WHERE u.undoes = form_changes.id AND NOT EXISTS (SELECT 1 FROM form_changes AS v "
    "WHERE v.undoes = u.id)) AS undone FROM form_changes ";

Result<std::vector<Past>> read_past(store::Store& store, const std::string& which,
                                    std::int64_t number) {
  TRY(ensure_tables(store));
  TRY(const Frame frame, store.run(kPast + which, {number}));
  std::vector<Past> list;
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    TRY(const Form* form, find(frame.text("form", row).value_or("")));
    list.push_back({frame.integer("id", row).value_or(0), form,
                    frame.integer("entry", row).value_or(0), frame.text("before", row),
                    frame.text("after", row), frame.integer("undone", row).value_or(0) != 0});
  }
  return list;
}

Error moved_on(const Past& past) {
  return {Code::conflict,
          fmt::format("Entry {} is not any more as change {} left it.", past.entry, past.id),
          fmt::format("Undo the later changes first; `huitou forms history {} --entry {}` lists "
                      "them.",
                      past.form->name, past.entry),
          fmt::format("条目 {} 已不是更改 {} 之后的样子。", past.entry, past.id),
          fmt::format("请先撤销之后的更改；可用 `huitou forms history {} --entry {}` 查看。",
                      past.form->name, past.entry)};
}

Error nothing_there(std::string_view what, std::string_view what_zh, std::int64_t number) {
  return {Code::not_found, fmt::format("There is no {} {}.", what, number),
          "`huitou forms history` lists what can be undone.",
          fmt::format("没有{} {}。", what_zh, number),
          "可用 `huitou forms history` 查看可撤销的更改。"};
}

Error undone_already(std::string_view what, std::string_view what_zh, std::int64_t number) {
  return {Code::conflict, fmt::format("The {} {} was undone already.", what, number),
          "To have it again, undo the change that undid it.",
          fmt::format("{} {} 已经撤销过。", what_zh, number), "如需恢复，请撤销那次撤销。"};
}

Result<Book::Noted> take_back(store::Store& in, const Past& past, const By& by) {
  TRY(Book book, Book::open(in, *past.form));
  TRY(const Frame now, in.run("SELECT content FROM form_entries WHERE form = ? AND id = ?",
                              {std::string(past.form->name), past.entry}));
  const auto content = now.rows() == 0 ? std::optional<std::string>() : now.text("content", 0);
  if (content != past.after) return moved_on(past);
  const auto values = [&](const std::optional<std::string>& text) {
    return text ? std::optional(from_json(*past.form, *text)) : std::optional<Values>();
  };
  return book.write(in,
                    {.entry = past.entry,
                     .before = values(past.after),
                     .after = values(past.before),
                     .undoes = past.id},
                    by);
}

void count(Done& done, const Past& past) {
  (!past.before ? done.removed : !past.after ? done.added : done.changed) += 1;
}

}  // namespace

Result<Done> undo_change(Desk& desk, std::int64_t change, const std::string& by) {
  TRY(const std::vector<Past> past, read_past(desk.store, "WHERE id = ?", change));
  if (past.empty()) return nothing_there("change", "更改", change);
  if (past.front().undone) return undone_already("change", "更改", change);
  Done done;
  TRY(desk.store.transaction([&](store::Store& in) -> Status {
    TRY(const Book::Noted noted, take_back(in, past.front(), {desk.now, by}));
    done.entry = noted.entry;
    done.change = noted.change;
    count(done, past.front());
    return {};
  }));
  return done;
}

Result<Done> undo_import(Desk& desk, std::int64_t import, const std::string& by) {
  TRY(const std::vector<Past> past,
      read_past(desk.store, "WHERE import = ? ORDER BY id DESC", import));
  if (import == 0 || past.empty()) return nothing_there("import", "导入", import);
  Done done;
  TRY(desk.store.transaction([&](store::Store& in) -> Status {
    for (const Past& each : past) {
      if (each.undone) continue;
      TRY(const Book::Noted noted, take_back(in, each, {desk.now, by}));
      if (done.change == 0) done.change = noted.change;
      count(done, each);
    }
    return {};
  }));
  if (done.change == 0) return undone_already("import", "导入", import);
  return done;
}

}  // namespace huitou::forms
