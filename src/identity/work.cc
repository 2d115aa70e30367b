#include "identity/work.h"

#include <algorithm>
#include <map>

#include "identity/event_places.h"
#include "identity/journal.h"
#include "ingest/ingest.h"

namespace huitou::identity {

std::string_view embedded(std::string_view path);

namespace {

constexpr double kSeconds = 3600;
constexpr std::uint64_t kSliceRows = 2'000'000;
/// One insert must not touch more than 100 partitions (an engine limit).
constexpr std::size_t kSliceMonths = 60;

Date first_day(std::int64_t month) {
  return date_of({static_cast<int>(month / 100), static_cast<int>(month % 100), 1});
}

/// Tables whose rows follow their account.
std::vector<Placing> placed_tables(const engine::Params& params, const std::string& joined) {
  std::vector<Placing> out;
  for (const engine::TableSpec& spec : schema::tables()) {
    bool follows = false;
    for (const engine::TableColumn& column : spec.columns) {
      follows = follows || column.name == "account_id";
    }
    const std::size_t begin = spec.partition_by.find('(');
    if (!follows || begin == std::string::npos || spec.name == "customer_links") {
      continue;
    }
    Placing table{&spec, "", "misplaced", "place", params, {}};
    table.day = spec.partition_by.substr(begin + 1, spec.partition_by.find(')') - begin - 1);
    table.fragments = {{"table", spec.name},
                       {"day", table.day},
                       {"columns", columns_but(spec, {"account_id", "customer_id"})},
                       {"joined", "{{" + joined + "}}"}};
    out.push_back(std::move(table));
  }
  return out;
}

/// Writes months of a table anew and swaps them in.
class Placer {
 public:
  Placer(engine::Engine& engine, const Placing& placing, const Progress& progress)
      : engine_(engine), placing_(placing), progress_(progress) {}

  Result<Settled> run() {
    TRY(const engine::Query query,
        statement(placing_.misplaced, placing_.params, placing_.fragments));
    TRY(const Frame months, engine_.query(query));
    if (months.rows() == 0) {
      return settled_;
    }
    engine::TableSpec copy = *placing_.spec;
    copy.name = std::string(kScratchPrefix) + copy.name;
    TRY(engine_.drop_table(copy.name));
    TRY(engine_.create_table(copy));
    std::vector<std::string> names;
    engine::IntegerList slice;
    std::uint64_t held = 0;
    for (std::size_t row = 0; row < months.rows(); ++row) {
      const std::int64_t month = months.integer("month", row).value_or(0);
      const auto rows = static_cast<std::uint64_t>(months.integer("rows", row).value_or(0));
      if (!slice.empty() && (held + rows > kSliceRows || slice.size() >= kSliceMonths)) {
        TRY(write(slice));
        slice.clear();
        held = 0;
      }
      slice.push_back(month);
      held += rows;
      names.push_back(std::to_string(month));
      settled_.rows += rows;
      progress_.report({.stage = {"moving rows to their person", "归并数据"},
                        .done = row,
                        .total = months.rows(),
                        .unit = {"months", "个月"}});
    }
    TRY(write(slice));
    settled_.months += names.size();
    TRY(engine_.settle());
    TRY(engine_.replace_partitions(placing_.spec->name, copy.name, names));
    TRY(engine_.drop_table(copy.name));
    return settled_;
  }

 private:
  Status write(const engine::IntegerList& months) {
    if (progress_.cancelled()) {
      return cancelled_error();
    }
    const Date to = add_steps(first_day(months.back()), Granularity::month, 1);
    engine::Params params = placing_.params;
    params["months"] = months;
    params["from"] = first_day(months.front());
    params["to"] = to;
    TRY(const engine::Query query, statement(placing_.place, params, placing_.fragments));
    return engine_.execute(query);
  }

  engine::Engine& engine_;
  const Placing& placing_;
  const Progress& progress_;
  Settled settled_;
};

std::string without_comments(std::string_view text) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size() - 1) + 1;
    out += text.starts_with("--") ? std::string_view() : text.substr(0, end);
    text.remove_prefix(end);
  }
  return out;
}

std::string text_of(std::string_view file) {
  return without_comments(embedded("sql/" + std::string(file) + ".sql"));
}

}  // namespace

Result<engine::Query> statement(std::string_view file, const engine::Params& params,
                                const schema::Fragments& fragments) {
  schema::Fragments all = fragments;
  for (const char* inlined : {"changed", "events_touched", "hashes_all", "held_all", "held_touched",
                              "links", "newly_joined", "persons", "users_met"}) {
    all.emplace(inlined, text_of(inlined));
  }
  TRY(std::string text, schema::expand(text_of(file), all));
  engine::Query query{std::move(text), params};
  query.limits.seconds = kSeconds;
  query.limits.result_rows = ~std::uint64_t{0} >> 1U;
  return query;
}

Result<std::uint64_t> number(engine::Engine& engine, const engine::Query& query,
                             std::string_view column) {
  TRY(const Frame frame, engine.query(query));
  return static_cast<std::uint64_t>(frame.rows() == 0 ? 0 : frame.integer(column, 0).value_or(0));
}

Status cancelled_error() {
  return Error{Code::conflict, "Identity resolution was cancelled.",
               "Run `huitou identity resolve` to carry on.", "身份识别已取消。",
               "请运行 `huitou identity resolve` 继续。"};
}

Status drop_scratch(engine::Engine& engine) {
  TRY(const std::vector<std::string> tables, engine.tables());
  for (const std::string& table : tables) {
    if (table.starts_with(kScratchPrefix)) {
      TRY(engine.drop_table(table));
    }
  }
  return {};
}

std::string columns_but(const engine::TableSpec& spec, const std::vector<std::string>& but) {
  std::string out;
  for (const engine::TableColumn& column : spec.columns) {
    if (std::find(but.begin(), but.end(), column.name) == but.end()) {
      out += (out.empty() ? "" : ", ") + column.name;
    }
  }
  return out;
}

Result<Settled> place_rows(engine::Engine& engine, const Placing& placing,
                           const Progress& progress) {
  return Placer(engine, placing, progress).run();
}

Result<Settled> settle(engine::Engine& engine, store::Store& store, std::int64_t now,
                       const Progress& progress) {
  Journal journal(store);
  TRY(std::int64_t version, ingest::data_version(store));
  TRY(const Journal::Settling before, journal.settled());
  TRY(const std::int64_t run, journal.newest_run());
  Settled settled;
  if (run > 0 && before != Journal::Settling{version, run}) {
    TRY(const engine::IntegerList void_runs, journal.void_runs());
    const engine::Params params{{"void_runs", void_runs}, {"settled_run", before.run}};
    const bool same_rows = before.data_version == version;
    for (const Placing& table : placed_tables(params, same_rows ? "newly_joined" : "persons")) {
      TRY(const Settled moved, place_rows(engine, table, progress));
      settled.rows += moved.rows;
      settled.months += moved.months;
    }
  }
  EventPlaces events(engine, store);
  TRY(settled.events, events.place(version, progress));
  if (settled.rows + settled.events > 0) {
    TRY(version, ingest::data_changed(store, "identity", now));
  }
  TRY(events.finish(version));
  TRY(journal.settle({version, run}));
  return settled;
}

}  // namespace huitou::identity
