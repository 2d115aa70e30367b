// Saved segments in the store: one row a version.

#include "segments/saved.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "segments/journal.h"
#include "segments/sets.h"
#include "segments/words.h"

namespace huitou::segments {
namespace {

constexpr std::string_view kTables[] = {
    "CREATE TABLE IF NOT EXISTS segments (name TEXT PRIMARY KEY, version INTEGER NOT NULL, "
    "removed_at INTEGER)",
    "CREATE TABLE IF NOT EXISTS segment_versions (name TEXT NOT NULL, version INTEGER NOT NULL, "
    "rule TEXT NOT NULL, description TEXT NOT NULL, owner TEXT NOT NULL, saved_at INTEGER NOT "
    "NULL, "
    "PRIMARY KEY (name, version))"};

constexpr std::string_view kCurrent =
    "SELECT v.name AS name, v.rule AS rule, v.description AS description, v.owner AS owner, "
    "v.version AS version, v.saved_at AS saved_at FROM segment_versions v JOIN segments s ON "
    "s.name = "
    "v.name AND s.version = v.version WHERE s.removed_at IS NULL";

constexpr std::size_t kMostNameBytes = 100;
constexpr std::size_t kMostSegments = 10'000;

Status ensure(store::Store& store) {
  for (const std::string_view table : kTables) TRY(store.run(table));
  return {};
}

Segment segment_of(const Frame& frame, std::size_t row) {
  return {.name = frame.text("name", row).value_or(""),
          .rule = frame.text("rule", row).value_or(""),
          .description = frame.text("description", row).value_or(""),
          .owner = frame.text("owner", row).value_or(""),
          .version = frame.integer("version", row).value_or(0),
          .saved_at = frame.integer("saved_at", row).value_or(0)};
}

}  // namespace

Status check_name(const std::string& name) {
  const bool blank = name.find_first_not_of(" \t\r\n") == std::string::npos;
  const bool control = std::any_of(name.begin(), name.end(),
                                   [](char c) { return static_cast<unsigned char>(c) < 0x20U; });
  if (!blank && !control && name.size() <= kMostNameBytes && name.front() != ' ' &&
      name.back() != ' ') {
    return {};
  }
  return Error{Code::invalid_input,
               fmt::format("'{}' is no name for a segment.", name.substr(0, 120)),
               fmt::format("Give at most {} bytes in one line.", kMostNameBytes),
               fmt::format("“{}”不能作为分群名称。", name.substr(0, 120)),
               fmt::format("请使用不超过 {} 字节的一行文字。", kMostNameBytes)};
}

namespace {

void collect(const Rule& rule, std::vector<const Rule*>& references) {
  if (rule.kind == Kind::segment) references.push_back(&rule);
  for (const Rule& child : rule.children) collect(child, references);
}

/// Whether `from` leads to `to` over references.
bool leads(const std::string& from, const std::string& to, const Library& library,
           std::set<std::string>& seen) {
  if (from == to) return true;
  const auto found = library.rules.find(from);
  if (found == library.rules.end() || !seen.insert(from).second) return false;
  std::vector<const Rule*> references;
  collect(found->second, references);
  return std::any_of(references.begin(), references.end(), [&](const Rule* reference) {
    return leads(reference->name, to, library, seen);
  });
}

Problem missing(const Rule& reference, const Library& library) {
  const bool removed = std::find(library.removed.begin(), library.removed.end(), reference.name) !=
                       library.removed.end();
  std::vector<std::string_view> names;
  for (const auto& [name, rule] : library.rules) names.push_back(name);
  const auto meant = nearest(reference.name, names);
  return {"unknown_segment",
          reference.at,
          "",
          removed ? Sentence{fmt::format("The segment '{}' was removed", reference.name),
                             fmt::format("分群“{}”已被移除", reference.name)}
                  : Sentence{fmt::format("There is no segment '{}'", reference.name),
                             fmt::format("没有分群“{}”", reference.name)},
          meant ? Sentence{fmt::format("Did you mean '{}'?", *meant),
                           fmt::format("您是否想写“{}”？", *meant)}
                : Sentence{"`huitou segments list` shows those there are.",
                           "`huitou segments list` 列出现有分群。"},
          meant ? std::string(*meant) : ""};
}

}  // namespace

std::vector<Problem> check_references(const Rule& rule, const std::string& name,
                                      const Library& library) {
  std::vector<const Rule*> references;
  collect(rule, references);
  std::vector<Problem> problems;
  for (const Rule* reference : references) {
    if (problems.size() >= kMostProblems) break;
    std::set<std::string> seen;
    if (!name.empty() && leads(reference->name, name, library, seen)) {
      problems.push_back({"circle",
                          reference->at,
                          "",
                          {fmt::format("'{}' leads back to '{}' itself", reference->name, name),
                           fmt::format("“{}”又引用回“{}”自身", reference->name, name)},
                          {"Take this reference out.", "请去掉此引用。"},
                          ""});
    } else if (library.rules.find(reference->name) == library.rules.end()) {
      problems.push_back(missing(*reference, library));
    }
  }
  return problems;
}

Result<Library> library(store::Store& store) {
  Journal journal(store);
  TRY(journal.ensure());
  TRY(const std::vector<Segment> segments, saved(store));
  Library library;
  TRY(library.limits, stages::kept(store));
  TRY(library.void_moves, journal.void_moves());
  TRY(const Frame frozen, store.run("SELECT name FROM segment_frozen ORDER BY name"));
  for (std::size_t row = 0; row < frozen.rows(); ++row) {
    library.frozen.insert(frozen.text("name", row).value_or(""));
  }
  for (const Segment& segment : segments) {
    if (library.frozen.contains(segment.name)) {
      library.rules.emplace(segment.name, Rule{.kind = Kind::segment, .name = segment.name});
      continue;
    }
    Reading reading = read(segment.rule);
    if (reading.rule) library.rules.emplace(segment.name, std::move(*reading.rule));
  }
  TRY(const Frame gone,
      store.run("SELECT name FROM segments WHERE removed_at IS NOT NULL ORDER BY name"));
  for (std::size_t row = 0; row < gone.rows(); ++row) {
    library.removed.push_back(gone.text("name", row).value_or(""));
  }
  return library;
}

Result<std::vector<Segment>> saved(store::Store& store) {
  TRY(ensure(store));
  TRY(const Frame frame, store.run(std::string(kCurrent) + " ORDER BY v.name"));
  std::vector<Segment> segments;
  for (std::size_t row = 0; row < frame.rows(); ++row) segments.push_back(segment_of(frame, row));
  return segments;
}

Result<Segment> find(store::Store& store, const std::string& name) {
  TRY(const std::vector<Segment> segments, saved(store));
  std::vector<std::string_view> names;
  for (const Segment& segment : segments) {
    if (segment.name == name) return segment;
    names.push_back(segment.name);
  }
  const auto meant = nearest(name, names);
  return Error{
      Code::not_found, fmt::format("There is no segment '{}'.", name),
      meant ? fmt::format("Did you mean '{}'?", *meant)
            : "`huitou segments list` shows those there are.",
      fmt::format("没有分群“{}”。", name),
      meant ? fmt::format("您是否想写“{}”？", *meant) : "`huitou segments list` 列出现有分群。"};
}

Result<Segment> save(store::Store& store, const Save& save) {
  TRY(check_name(save.name));
  Reading reading = read(save.rule);
  if (!reading.rule) return error_of(reading.problems, save.rule);
  TRY(const Library known, library(store));
  if (known.frozen.contains(save.name)) {
    return Error{
        Code::conflict,
        fmt::format("The segment '{}' is frozen: its members stay as they were.", save.name),
        "Save the rule under another name.",
        fmt::format("分群“{}”已冻结，成员保持不变。", save.name), "请以其他名称保存规则。"};
  }
  if (const auto problems = check_references(*reading.rule, save.name, known); !problems.empty()) {
    return error_of(problems, save.rule);
  }
  if (known.rules.size() >= kMostSegments && known.rules.find(save.name) == known.rules.end()) {
    return Error{Code::limit_reached,
                 fmt::format("There are {} segments, as many as can be.", kMostSegments),
                 "Remove some.", fmt::format("分群数量已达上限 {}。", kMostSegments),
                 "请先移除一些。"};
  }
  Segment segment{.name = save.name,
                  .rule = print(*reading.rule),
                  .description = save.description,
                  .owner = save.owner,
                  .saved_at = save.now};
  TRY(store.transaction([&](store::Store& in) -> Status {
    TRY(segment.version, next_version(in, save.name));
    return write_version(in, segment);
  }));
  return segment;
}

Result<std::int64_t> next_version(store::Store& store, const std::string& name) {
  TRY(const Frame last,
      store.run("SELECT max(version) AS version FROM segment_versions WHERE name = ?", {name}));
  return last.integer("version", 0).value_or(0) + 1;
}

Status write_version(store::Store& store, const Segment& segment) {
  TRY(store.run("INSERT INTO segment_versions VALUES (?, ?, ?, ?, ?, ?)",
                {segment.name, segment.version, segment.rule, segment.description, segment.owner,
                 segment.saved_at}));
  TRY(store.run("INSERT OR REPLACE INTO segments VALUES (?, ?, NULL)",
                {segment.name, segment.version}));
  return {};
}

Result<Frame> versions(store::Store& store, const std::string& name) {
  TRY(find(store, name));
  TRY(Frame frame,
      store.run("SELECT version, rule, description, owner, saved_at FROM segment_versions "
                "WHERE name = ? ORDER BY version DESC",
                {name}));
  frame.at("saved_at").type = ColumnType::time;
  return frame;
}

std::vector<std::string> referrers(const Library& library, const std::string& name) {
  std::vector<std::string> others;
  for (const auto& [other, rule] : library.rules) {
    std::vector<const Rule*> references;
    collect(rule, references);
    const bool refers = std::any_of(references.begin(), references.end(),
                                    [&](const Rule* reference) { return reference->name == name; });
    if (refers && other != name) others.push_back(other);
  }
  return others;
}

Status remove(store::Store& store, const std::string& name, bool anyway, std::int64_t now) {
  TRY(find(store, name));
  TRY(const Library known, library(store));
  const std::vector<std::string> others = referrers(known, name);
  if (!others.empty() && !anyway) {
    const std::string list = fmt::format("'{}'", fmt::join(others, "', '"));
    return Error{Code::conflict, fmt::format("Other segments refer to '{}': {}.", name, list),
                 "Change them first, or remove it with --anyway: they are marked as broken then.",
                 fmt::format("其他分群引用了“{}”：{}。", name, list),
                 "请先修改它们，或使用 --anyway 移除：它们将被标记为失效。"};
  }
  return store.transaction([&](store::Store& in) -> Status {
    TRY(in.run("UPDATE segments SET removed_at = ? WHERE name = ?", {now, name}));
    TRY(in.run("DELETE FROM segment_frozen WHERE name = ?", {name}));
    TRY(in.run("DELETE FROM segment_refreshed WHERE name = ?", {name}));
    return forget_set(in, name);
  });
}

}  // namespace huitou::segments
