// How a refresh finds out what has changed without being told: every row of the profile keeps a
// fingerprint of the rows it was made of. One pass over the columns that features read gives the
// fingerprints of now; where they differ, the customer is computed again. So it does not matter who
// changed the data, and a change that was undone costs nothing.
//
// The pass would read years to find what came in a day. So the engine is asked which partitions are
// not what they were, and where only recent months are, those are read alone: a second fingerprint
// is of their rows. It tells who may have changed; it need not be told why.

#include <fmt/format.h>

#include <algorithm>
#include <cmath>

#include "profile/journal.h"
#include "profile/statement.h"

namespace huitou::profile {
namespace {

constexpr const char* kRows = "refresh_rows";
constexpr const char* kChanged = "refresh_changed";
constexpr std::int64_t kComparedAtOnce = 16;  ///< times as many numbers as are computed at once
constexpr std::int64_t kFew = 2000;           ///< customers that are looked up by the index
constexpr double kMostChanged = 0.6;          ///< a larger share: everybody is computed

Error cancelled() {
  return {Code::conflict, "The refresh was cancelled; the profile is the one from before.",
          "Start it again.", "刷新已取消；客户画像保持原样。", "请重新开始。"};
}

std::string hex_of(std::string_view text) {
  std::uint64_t hash = 0xcbf29ce484222325ULL;  // FNV-1a
  for (const char c : text) {
    hash = (hash ^ static_cast<unsigned char>(c)) * 0x100000001b3ULL;
  }
  return fmt::format("{:016x}", hash);
}

/// `, toUInt32(orders) AS ...`: what rules compare as the table keeps it.
std::string kept_value(const Feature& feature) {
  std::string_view type = feature.type;
  if (type.starts_with("Nullable(")) type = type.substr(9, type.size() - 10);
  const char* shape = type == "Date"     ? ", toDate(toUInt16({1}))"
                      : type == "String" ? ", {1}"
                                         : ", to{0}({1})";
  return fmt::format(fmt::runtime(shape), type, feature.column);
}

class Run {
 public:
  Run(engine::Engine& engine, store::Store& store, const Refresh& asked, const Progress& progress)
      : engine_(engine), store_(store), asked_(asked), progress_(progress) {
    for (const Feature& feature : features()) {
      columns_ += ", " + feature.column;
      values_ += kept_value(feature);
      wide_.columns.push_back({feature.column, feature.term});
    }
    wide_.as_of = asked.as_of;
    wide_.void_runs = asked.void_runs;
    wide_.recent_since = recent_since(asked.as_of.end);
    wide_.limits = asked.stages;
  }

  Result<Refreshed> run() {
    TRY(const std::optional<Kept> before, kept(store_));
    TRY(const bool there, has_table());
    if (!there) TRY(make_table());
    TRY(definition_, define());
    const bool same = there && before && before->definition == definition_ && !asked_.whole;
    if (same && before->state.data == asked_.data) {
      TRY(look(store_, {.data = asked_.data, .now = asked_.now}));
      return Refreshed{.customers = before->state.customers, .seconds = asked_.elapsed()};
    }
    const auto sources = segments::wide_sources(wide_);
    TRY(sources_, name_sources(engine_, sources));
    const Changed changed =
        same ? compare(before->sources, sources_, wide_.recent_since, sources) : Changed::any;
    if (changed == Changed::nothing) return nothing_changed(*before);
    TRY(last_number_, number_of("last_number", {}, "number"));
    TRY(make(kRows, table().columns));
    Refreshed done{.how = How::whole};
    if (same) {
      TRY(const bool some, find_changed(changed, before->state.customers));
      if (!some) return nothing_changed(*before);
      if (static_cast<double>(changed_) <=
          kMostChanged * static_cast<double>(before->state.customers)) {
        done.how = How::changed;
      }
    }
    TRY(done.how == How::changed ? compute_changed() : compute_all());
    TRY(done.customers, rows_in(kRows));
    done.computed = done.how == How::changed ? changed_ : done.customers;
    TRY(put_in_place(done));
    return done;
  }

 private:
  /// Whether the table is there, with the columns of this program.
  Result<bool> has_table() {
    TRY(const engine::TableColumns found, engine_.columns());
    const auto here = found.find(table().name);
    return here != found.end() && here->second == table().columns;
  }

  /// A table of another version cannot be read by this one.
  Status make_table() {
    TRY(forget(store_));
    TRY(engine_.drop_table(table().name));
    return engine_.create_table(table());
  }

  /// Names what everybody's row is computed by: the text of the query, with the day in it.
  Result<std::string> define() {
    TRY(const engine::Query query, segments::wide_query(engine_, wide_));
    TRY(const std::string text, engine::render(query.text, query.params));
    return hex_of(text + values_);
  }

  Result<std::int64_t> number_of(const char* name, const schema::Fragments& fragments,
                                 const char* column) {
    TRY(engine::Query query, statement(name, {}, fragments));
    query.limits = asked_.limits;
    TRY(const Frame frame, engine_.query(query));
    return frame.integer(column, 0).value_or(0);
  }
  Result<std::int64_t> rows_in(const char* table) {
    return number_of("rows", {{"table", table}}, "rows");
  }

  Status make(const char* name, std::vector<engine::TableColumn> columns) {
    TRY(engine_.drop_table(name));
    return engine_.create_table({.name = name,
                                 .columns = std::move(columns),
                                 .partition_by = "",
                                 .order_by = "customer_id",
                                 .shard_by = "customer_id",
                                 .scratch = true});
  }

  /// Runs `name` over numbers of customers, so many at once; `more` is a further condition on them.
  struct Work {
    const char* name;
    Words stage;
    bool values = true;
    bool recent = false;
    std::string more{};
    std::int64_t at_once = 0;
  };
  Status each(const Work& work) {
    const std::int64_t end = last_number_ + 1;
    for (std::int64_t first = 0; first < end; first += work.at_once) {
      if (progress_.cancelled()) return cancelled();
      progress_.report({.stage = work.stage,
                        .done = static_cast<std::uint64_t>(first),
                        .total = static_cast<std::uint64_t>(end),
                        .unit = {"customers", "位客户"}});
      segments::WideTable part = wide_;
      part.values = work.values;
      part.within = "{{person}} >= {first:UInt64} AND {{person}} < {end_number:UInt64}" + work.more;
      part.params = {{"first", first}, {"end_number", std::min(first + work.at_once, end)}};
      TRY(const engine::Query rows, work.recent ? segments::recent_query(engine_, part)
                                                : segments::wide_query(engine_, part));
      TRY(engine::Query query, statement(work.name, rows.params,
                                         {{"target", kRows},
                                          {"columns", columns_},
                                          {"values", values_},
                                          {"rows", rows.text}}));
      query.params["as_of"] = asked_.as_of.end;
      query.limits = asked_.limits;
      TRY(engine_.execute(query));
    }
    return {};
  }

  Status compute_all() {
    return each({.name = "fill",
                 .stage = {"Computing customers", "计算客户"},
                 .at_once = asked_.numbers_at_once});
  }

  /// False if nobody is new, gone or changed.
  Result<bool> find_changed(Changed what, std::int64_t customers) {
    const bool recent = what == Changed::recent;
    TRY(make(kChanged, {{"customer_id", "UInt64"}}));
    TRY(each({.name = recent ? "compare_recent" : "compare",
              .stage = recent ? Words{"Looking for changes in recent months", "查找近月的变化"}
                              : Words{"Looking for changes", "查找变化"},
              .values = false,
              .recent = recent,
              .at_once = kComparedAtOnce * asked_.numbers_at_once}));
    TRY(changed_, rows_in(kChanged));
    return changed_ > 0 || customers == 0;
  }

  Status compute_changed() {
    const std::int64_t parts = changed_ / asked_.numbers_at_once + 1;
    // A bare number is looked up in the index: good for few, a waste for many.
    const char* person = changed_ <= kFew ? "{{person}}" : "bitXor({{person}}, 0)";
    TRY(each(
        {.name = "fill",
         .stage = {"Computing customers who changed", "计算有变化的客户"},
         .more = fmt::format(" AND {} GLOBAL IN (SELECT customer_id FROM {})", person, kChanged),
         .at_once = last_number_ / parts + 1}));
    TRY(engine::Query query, statement("keep", {}, {{"columns", columns_}}));
    query.limits = asked_.limits;
    return engine_.execute(query);
  }

  Result<Refreshed> nothing_changed(const Kept& before) {
    TRY(drop_scratch());
    TRY(look(store_, {.data = asked_.data, .now = asked_.now, .sources = &sources_}));
    return Refreshed{
        .how = How::changed, .customers = before.state.customers, .seconds = asked_.elapsed()};
  }

  Status put_in_place(Refreshed& done) {
    if (progress_.cancelled()) return cancelled();
    progress_.report({.stage = {"Putting in place", "替换画像"}});
    TRY(engine_.settle());
    // Whoever is killed from here on leaves a table of which nobody says what it is: the next
    // refresh computes everybody.
    TRY(forget(store_));
    TRY(engine_.replace_partitions(table().name, kRows, {"all"}));
    done.seconds = asked_.elapsed();
    TRY(remember(store_, {.kept = {.state = {.as_of = asked_.as_of.end,
                                             .data = asked_.data,
                                             .customers = done.customers,
                                             .looked_at = asked_.now,
                                             .seconds = done.seconds},
                                   .definition = definition_,
                                   .sources = sources_},
                          .done = done}));
    return drop_scratch();
  }

  Status drop_scratch() {
    TRY(engine_.drop_table(kRows));
    return engine_.drop_table(kChanged);
  }

  engine::Engine& engine_;
  store::Store& store_;
  const Refresh& asked_;
  const Progress& progress_;
  segments::WideTable wide_;
  std::string columns_;
  std::string values_;
  std::string definition_;
  SourceNames sources_;  ///< before anything was read: what comes later is a change
  std::int64_t last_number_ = 0;
  std::int64_t changed_ = 0;
};

}  // namespace

std::string_view how_name(How how) {
  return how == How::nothing ? "nothing" : how == How::changed ? "changed" : "whole";
}

Result<Refreshed> refresh(engine::Engine& engine, store::Store& store, const Refresh& asked,
                          const Progress& progress) {
  return Run(engine, store, asked, progress).run();
}

}  // namespace huitou::profile
