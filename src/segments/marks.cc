#include "segments/marks.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "schema/schema.h"
#include "segments/compile.h"
#include "segments/journal.h"
#include "segments/saved.h"

namespace huitou::segments {
namespace {

constexpr std::size_t kCustomersOfAQuery = 5'000;

Status check_mark(MarkKind kind, const std::string& name) {
  if (kind == MarkKind::tag) return check_name(name);
  if (std::find(std::begin(kChannels), std::end(kChannels), name) != std::end(kChannels)) return {};
  return Error{Code::invalid_input, fmt::format("'{}' is no channel of consent.", name),
               "The channels are: email, sms, wecom.", fmt::format("“{}”不是授权渠道。", name),
               "可用渠道：email、sms、wecom。"};
}

using Key = std::pair<std::int64_t, std::string>;

/// What these customers are marked with.
Result<std::map<Key, bool>> marks_now(engine::Engine& engine, MarkKind kind,
                                      const engine::IntegerList& void_moves,
                                      const std::set<std::int64_t>& customers) {
  std::map<Key, bool> out;
  const engine::IntegerList all(customers.begin(), customers.end());
  for (std::size_t begin = 0; begin < all.size(); begin += kCustomersOfAQuery) {
    const auto first = all.begin() + static_cast<std::ptrdiff_t>(begin);
    const auto end =
        all.begin() + static_cast<std::ptrdiff_t>(std::min(all.size(), begin + kCustomersOfAQuery));
    engine::Query query{.params = {{"customers", engine::IntegerList(first, end)},
                                   {"kind", std::string(mark_kind_name(kind))},
                                   {"void_moves", void_moves}}};
    TRY(query.text, text_of("marks_now", {}));
    TRY(const Frame frame, engine.query(query));
    for (std::size_t row = 0; row < frame.rows(); ++row) {
      out[{frame.integer("customer_id", row).value_or(0), frame.text("name", row).value_or("")}] =
          frame.integer("is_given", row).value_or(0) != 0;
    }
  }
  return out;
}

Status write(engine::Engine& engine, const Said& said, std::int64_t run,
             const std::map<Key, bool>& changes) {
  Frame frame;
  frame.columns = {
      make_column("kind", ColumnType::text),           make_column("name", ColumnType::text),
      make_column("customer_id", ColumnType::integer), make_column("given", ColumnType::integer),
      make_column("marked_at", ColumnType::time),      make_column("run", ColumnType::integer)};
  for (const auto& [key, given] : changes) {
    frame.at("kind").push_text(mark_kind_name(said.kind));
    frame.at("name").push_text(key.second);
    frame.at("customer_id").push_integer(key.first);
    frame.at("given").push_integer(given ? 1 : 0);
    frame.at("marked_at").push_integer(said.now);
    frame.at("run").push_integer(run);
  }
  TRY(auto inserter, engine.insert("customer_marks", schema::table("customer_marks").columns));
  TRY(inserter->write(frame));
  return inserter->finish();
}

}  // namespace

std::string_view mark_kind_name(MarkKind kind) { return kind == MarkKind::tag ? "tag" : "consent"; }

Result<Marked> mark(engine::Engine& engine, store::Store& store, const Said& said,
                    const std::vector<Mark>& marks) {
  Journal journal(store);
  TRY(journal.ensure());
  std::map<Key, bool> wanted;
  std::set<std::int64_t> customers;
  for (const Mark& mark : marks) {
    TRY(check_mark(said.kind, mark.name));
    wanted[{mark.customer, mark.name}] = mark.given;
    customers.insert(mark.customer);
  }
  TRY(const engine::IntegerList void_moves, journal.void_moves());
  TRY(const auto now, marks_now(engine, said.kind, void_moves, customers));
  Marked out;
  std::map<Key, bool> changes;
  for (const auto& [key, given] : wanted) {
    const auto found = now.find(key);
    const bool same =
        found != now.end() ? found->second == given : !given && said.kind == MarkKind::tag;
    if (same) {
      ++out.unchanged;
      continue;
    }
    changes.emplace(key, given);
    ++(given ? out.given : out.taken);
  }
  if (changes.empty()) return out;
  TRY(out.change, journal.begin({.now = said.now}));
  TRY(write(engine, said, out.change, changes));
  TRY(journal.finish(out.change, [&](store::Store& in) -> Status {
    TRY(in.run("INSERT INTO mark_changes VALUES (?, ?, ?, ?, ?, ?)",
               {out.change, std::string(mark_kind_name(said.kind)), said.by, said.how, said.file,
                said.now}));
    return {};
  }));
  return out;
}

Result<std::vector<MarkLine>> marks_history(engine::Engine& engine, store::Store& store,
                                            MarkKind kind, const Person& person) {
  Journal journal(store);
  TRY(journal.ensure());
  TRY(const engine::IntegerList void_moves, journal.void_moves());
  engine::Query query{.params = {{"accounts", person.accounts},
                                 {"kind", std::string(mark_kind_name(kind))},
                                 {"void_moves", void_moves}}};
  TRY(query.text, text_of("marks_history", {}));
  TRY(const Frame frame, engine.query(query));
  std::vector<MarkLine> out;
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    TRY(const Frame change, store.run("SELECT said_by, how, file FROM mark_changes WHERE run = ?",
                                      {frame.integer("of_run", row).value_or(0)}));
    const auto text = [&](const char* column) {
      return change.rows() == 0 ? std::string() : change.text(column, 0).value_or("");
    };
    out.push_back({.name = frame.text("name", row).value_or(""),
                   .given = frame.integer("is_given", row).value_or(0) != 0,
                   .at = frame.integer("at", row).value_or(0),
                   .by = text("said_by"),
                   .how = text("how"),
                   .file = text("file")});
  }
  return out;
}

std::vector<MarkLine> current_marks(const std::vector<MarkLine>& history) {
  std::set<std::string> seen;
  std::vector<MarkLine> out;
  for (const MarkLine& line : history) {
    if (seen.insert(line.name).second) out.push_back(line);
  }
  return out;
}

Result<Frame> marks_counted(engine::Engine& engine, store::Store& store, MarkKind kind) {
  Journal journal(store);
  TRY(journal.ensure());
  TRY(const engine::IntegerList void_moves, journal.void_moves());
  engine::Query query{
      .params = {{"kind", std::string(mark_kind_name(kind))}, {"void_moves", void_moves}}};
  TRY(query.text, text_of("marks_counted", {}));
  return engine.query(query);
}

Result<std::vector<std::string>> rule_tags(store::Store& store) {
  TRY(Journal(store).ensure());
  TRY(const std::vector<Segment> all, saved(store));
  TRY(const Frame rows, store.run("SELECT name FROM segment_tags ORDER BY name"));
  std::vector<std::string> out;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const std::string name = rows.text("name", row).value_or("");
    if (std::any_of(all.begin(), all.end(), [&](const Segment& s) { return s.name == name; })) {
      out.push_back(name);
    }
  }
  return out;
}

Status show_as_tag(store::Store& store, const std::string& name, bool shown) {
  TRY(Journal(store).ensure());
  TRY(find(store, name));
  if (shown) {
    TRY(store.run("INSERT OR IGNORE INTO segment_tags VALUES (?)", {name}));
  } else {
    TRY(store.run("DELETE FROM segment_tags WHERE name = ?", {name}));
  }
  return {};
}

}  // namespace huitou::segments
