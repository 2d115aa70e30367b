#include "sync/deletes.h"

#include <fmt/format.h>

#include <algorithm>

#include "sync/mapping_text.h"
#include "sync/pull.h"
#include "sync/rows.h"
#include "sync/secrets.h"

namespace huitou::sync {
namespace {

/// A little less than a day, so that a daily schedule compares with every run.
constexpr std::int64_t kDaySeconds = 23 * 3600;
constexpr std::string_view kDeletes = "deletes";
constexpr std::string_view kMostDeleted = "most_deleted_percent";

std::string setting(const Source& source, const Kind& kind, std::string_view name) {
  const auto at = source.settings.find(name);
  if (at != source.settings.end() && !at->second.empty()) return at->second.front();
  for (const Param& param : kind.params) {
    if (param.name == name) return std::string(param.fallback);
  }
  return "";
}

Result<bool> is_due(Place& place, const std::string& source, const std::string& deletes) {
  if (deletes != "daily") return deletes == "always";
  TRY(const Frame rows,
      place.store.run("SELECT compared_at FROM source_compares WHERE source = ?", {source}));
  return rows.rows() == 0 ||
         place.now() - rows.integer("compared_at", 0).value_or(0) >= kDaySeconds;
}

Note cannot(const Sentence& why) {
  return {
      "not_compared",
      {"Deleted rows were not looked for: " + why.en + ".", "未查找已删除的行：" + why.zh + "。"}};
}

std::string mapping_of(const Kept& kept) {
  return kept.obeyed.empty() ? kept.source.mapping : kept.obeyed;
}

/// Rows of another source under the same name would seem to be gone.
Status check_alone(Place& place, const Kept& kept, const std::string& table) {
  const std::string system = load_options(place, kept.source).source;
  TRY(const std::vector<Source> all, sources(place.store));
  for (const Source& other : all) {
    if (other.name == kept.source.name || load_options(place, other).source != system) continue;
    TRY(const Kept there, sync::kept(place.store, other.name));
    const auto mapping = read_mapping(mapping_of(there));
    if (!mapping.ok() || ingest::removable_key(mapping->table) != ingest::removable_key(table)) {
      continue;
    }
    return Error{
        Code::conflict,
        fmt::format("Sources '{}' and '{}' both bring {} of the system '{}': what one does not "
                    "have may be the other's.",
                    kept.source.name, other.name, table, system),
        "Give each source a `system` of its own, or set `deletes` to keep.",
        fmt::format("数据源“{}”与“{}”都以系统名“{}”提供 {}：其中一个没有的行可能属于另一个。",
                    kept.source.name, other.name, system, table),
        "请为各数据源设置不同的 `system`，或将 `deletes` 设为 keep。"};
  }
  return {};
}

/// The keys of the whole table, page by page; a cut read goes on behind its last page.
class Keys {
 public:
  Keys(Place& place, const connectors::Connector& connector, connectors::Settings settings,
       std::string column)
      : place_(place),
        connector_(connector),
        settings_(std::move(settings)),
        column_(std::move(column)) {
    settings_.erase("updated");
    settings_["columns"] = {column_};
    const auto key = settings_.find("key");
    can_go_on_ = key != settings_.end() && !key->second.empty();
  }

  Result<bool> next(std::vector<std::string>& keys) {
    for (int failed = 1;; ++failed) {
      auto page = read();
      if (page.ok()) {
        for (std::size_t row = 0; row < page->rows(); ++row) {
          keys.emplace_back(page->at(row, index_));
        }
        cursor_ = page->cursor;
        return !page->last;
      }
      reader_.reset();
      const bool again = page.error().code == Code::unavailable && failed < kMostTries &&
                         (can_go_on_ || cursor_.empty());
      if (!again || !place_.outside.wait(backoff(failed, place_.chance()))) return page.error();
    }
  }

 private:
  Result<connectors::Page> read() {
    if (!reader_) {
      TRY(reader_, connectors::open(connector_, settings_, place_.outside));
      const std::vector<std::string> names = names_of(reader_->columns());
      const auto at = std::find(names.begin(), names.end(), column_);
      CHECK(at != names.end());
      index_ = static_cast<std::size_t>(at - names.begin());
    }
    return reader_->next(cursor_);
  }

  Place& place_;
  const connectors::Connector& connector_;
  connectors::Settings settings_;
  std::string column_;
  bool can_go_on_ = false;
  std::unique_ptr<connectors::Reader> reader_;
  std::size_t index_ = 0;
  std::string cursor_;
};

void tell(const ingest::Gone& gone, const std::string& table, Compared& out) {
  if (gone.gone == 0) return;
  if (gone.removed) {
    out.removed = gone.gone;
    out.notes.push_back(
        {"removed",
         {fmt::format("{} of {} rows of {} are gone at the source and were taken away.", gone.gone,
                      gone.here, table),
          fmt::format("{1} 的 {2} 行中有 {0} 行在源库中已不存在，已移除。", gone.gone, table,
                      gone.here)}});
    return;
  }
  out.alerts.push_back(
      {"too_many_gone",
       {fmt::format("{} of {} rows of {} are gone at the source: more than most_deleted_percent "
                    "allows, so nothing was taken away. If it is right, run `huitou sources sync "
                    "--compare true --most_deleted_percent 100` once.",
                    gone.gone, gone.here, table),
        fmt::format(
            "{1} 的 {2} 行中有 {0} 行在源库中已不存在，超过 most_deleted_percent，因此未移除"
            "任何数据。如确认无误，请运行一次 `huitou sources sync --compare true "
            "--most_deleted_percent 100`。",
            gone.gone, table, gone.here)}});
}

}  // namespace

bool is_about_deletes(std::string_view name) { return name == kDeletes || name == kMostDeleted; }

Result<Compared> compare_deletes(Place& place, const Kept& kept, const SyncOptions& options,
                                 const Progress& progress) {
  Compared out;
  const Source& source = kept.source;
  TRY(const Kind kind, kind_of(source.kind));
  const std::string deletes = setting(source, kind, kDeletes);
  TRY(const bool due, is_due(place, source.name, deletes));
  if (!due && !options.compare) return out;
  if (deletes.empty()) {
    out.notes.push_back(cannot(
        {"only databases can be asked for all their keys", "只有数据库类数据源可以读取全部主键"}));
    return out;
  }
  if (mapping_of(kept).empty()) return out;  // nothing was loaded yet
  TRY(const MappingText mapping, read_mapping(mapping_of(kept)));
  const std::string_view key = ingest::removable_key(mapping.table);
  const auto column =
      std::find_if(mapping.columns.begin(), mapping.columns.end(),
                   [&](const MappedColumn& one) { return !key.empty() && one.field == key; });
  if (column == mapping.columns.end()) {
    out.notes.push_back(cannot(
        {fmt::format("rows of {} are not taken away, as others may name them, or have no key",
                     mapping.table),
         fmt::format("{} 的行可能被其他数据引用或没有标识，不会移除", mapping.table)}));
    return out;
  }
  TRY(check_alone(place, kept, mapping.table));
  TRY(const connectors::Connector* connector, connectors::find(source.kind));
  TRY(connectors::Settings settings, with_secrets(place, source));
  Keys keys(place, *connector, std::move(settings), column->column);
  ingest::GoneOptions of;
  of.path = "source:" + source.name + " deletes";
  of.table = mapping.table;
  of.source = load_options(place, source).source;
  of.most_percent =
      options.most_deleted_percent.value_or(std::stoi(setting(source, kind, kMostDeleted)));
  of.now = place.now();
  TRY(const ingest::Gone gone,
      ingest::remove_gone(
          place.engine, place.store, of,
          [&](std::vector<std::string>& page) { return keys.next(page); }, progress));
  out.done = true;
  tell(gone, mapping.table, out);
  TRY(place.store.run("INSERT OR REPLACE INTO source_compares (source, compared_at) VALUES (?, ?)",
                      {source.name, place.now()}));
  return out;
}

}  // namespace huitou::sync
