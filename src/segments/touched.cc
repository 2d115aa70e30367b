#include "segments/touched.h"

#include <fmt/format.h>

#include <algorithm>

#include "schema/schema.h"
#include "segments/compile.h"
#include "segments/sources.h"

namespace huitou::segments {
namespace {

constexpr const char* kPrints = "segment_prints";
constexpr const char* kChanged = "segment_changed";
constexpr const char* kTouched = "segment_touched";
constexpr const char* kLinks = "customer_links";
constexpr auto kLinksSource = static_cast<std::int64_t>(kSources);
/// Of one source at once; where more changed, all of it is new.
constexpr std::size_t kMostCompared = 12;
/// The prints are begun anew when there are so many times as many as at the beginning, and more.
constexpr std::int64_t kMostPrints = 3;
constexpr std::int64_t kFewPrints = 1'000'000;

engine::TableSpec prints_table() {
  return {.name = kPrints,
          .columns = {{"part", "UInt64"},
                      {"customer_id", "UInt64"},
                      {"print", "UInt64"},
                      {"run", "UInt64"}},
          .partition_by = "",
          .order_by = "(part, customer_id, run)",
          .shard_by = "customer_id"};
}

std::int64_t source_of(PartId part) { return part / kPartsOfSource; }
std::int64_t month_of(PartId part) { return part % kPartsOfSource; }

/// 202501 of its first day.
std::int64_t month_of(Date day) {
  const Ymd ymd = ymd_of(day);
  return ymd.year * 100 + ymd.month;
}

Date first_of(std::int64_t month) {
  return date_of(
      {.year = static_cast<int>(month / 100), .month = static_cast<int>(month % 100), .day = 1});
}

/// A condition on the days of rows.
std::string between(std::string_view day, const std::string& name) {
  return fmt::format("{0} >= {{from{1}:Date}} AND {0} < {{to{1}:Date}}", day, name);
}

std::string_view day_of(Source source) {
  return source == Source::customers ? "registered_on" : source_card(source).day;
}

/// Days that touch or overlap as one.
std::vector<RowDays> united(std::vector<RowDays> days) {
  std::sort(days.begin(), days.end(),
            [](const RowDays& a, const RowDays& b) { return a.from.days < b.from.days; });
  std::vector<RowDays> out;
  for (const RowDays& one : days) {
    if (!out.empty() && one.from.days <= out.back().to.days) {
      out.back().to = std::max(out.back().to, one.to);
    } else {
      out.push_back(one);
    }
  }
  return out;
}

std::string list_of(const engine::IntegerList& numbers) {
  return fmt::format(" {}", fmt::join(numbers, " "));
}

}  // namespace

Result<Seen> TouchedFinder::before() {
  TRY(Seen seen, read_seen(store_));
  TRY(const auto tables, engine_.tables());
  if (std::find(tables.begin(), tables.end(), kPrints) == tables.end()) {
    TRY(engine_.create_table(prints_table()));
    seen = {};
  }
  if (seen.run != 0) {
    TRY(const engine::Query query, statement("prints_counted", {}));
    TRY(const Frame counted, engine_.query(query));
    const std::int64_t most = kMostPrints * seen.prints + kFewPrints;
    if (counted.integer("prints", 0).value_or(0) > most) seen = {};
  }
  if (seen.run == 0) {
    TRY(forget_seen(store_));
    TRY(engine_.truncate_table(kPrints));
  }
  return seen;
}

Result<Found> TouchedFinder::find(const Seen& before, const LookedAt& look) {
  Found found;
  found.now = {.run = run_.id, .as_of = run_.at.as_of, .prints = before.prints};
  std::vector<std::int64_t> sources{kLinksSource};
  for (const auto& [source, columns] : look.columns) {
    const auto number = static_cast<std::int64_t>(source);
    const auto known = before.sources.find(source);
    SeenSource& seen = found.now.sources[source] = {.columns = columns, .since = run_.id};
    if (known == before.sources.end()) {
      found.unknown.insert(number);
    } else {
      seen.columns.insert(known->second.columns.begin(), known->second.columns.end());
      if (seen.columns != known->second.columns) found.unknown.insert(number);
      if (seen.columns == known->second.columns) seen.since = known->second.since;
    }
    sources.push_back(number);
  }
  if (before.run == 0) found.unknown.insert(kLinksSource);
  // Before anything is read: what comes later is a change.
  for (const std::int64_t source : sources) TRY(name_parts(source, found.now));
  Parts parts;
  for (const std::int64_t source : sources) sort_parts(before, source, found, parts);
  if (!parts.compare.empty() || !look.days.empty()) TRY(compare(parts, look, found));
  if (!parts.print.empty()) {
    engine::Params params;
    TRY(const std::string texts, texts_of(parts.print, found.now, params));
    TRY(const engine::Query query, statement("print", {{"parts", texts}}, std::move(params)));
    TRY(engine_.execute(query));
  }
  if (before.run == 0) {
    TRY(const engine::Query query, statement("prints_counted", {}));
    TRY(const Frame counted, engine_.query(query));
    found.now.prints = counted.integer("prints", 0).value_or(0);
  }
  return found;
}

/// Which runs count is a part of what these tables hold.
Status TouchedFinder::name_parts(std::int64_t source, Seen& now) {
  const bool links = source == kLinksSource;
  const std::string table = links ? kLinks : table_of(static_cast<Source>(source)).name;
  std::string runs;
  if (links) runs = list_of(run_.at.void_runs);
  if (source == static_cast<std::int64_t>(Source::marks)) runs = list_of(run_.library.void_moves);
  TRY(const engine::PartitionNames names, engine_.partition_names(table));
  for (const auto& [partition, held] : names) {
    const std::int64_t month = partition == "all" ? 0 : std::stoll(partition);
    now.parts[source * kPartsOfSource + month] = {.held = held + runs};
  }
  return {};
}

/// Of the parts that are not what they were, those that have prints, or are new, can be compared.
void TouchedFinder::sort_parts(const Seen& before, std::int64_t source, Found& found,
                               Parts& parts) const {
  if (found.unknown.contains(source)) return begin_anew(source, found, parts);
  const PartId first = source * kPartsOfSource;
  const PartId end = first + kPartsOfSource;
  // One that is gone is there without rows.
  for (auto was = before.parts.lower_bound(first); was != before.parts.end() && was->first < end;
       ++was) {
    found.now.parts.emplace(was->first, SeenPart{});
  }
  Parts sorted;
  for (auto one = found.now.parts.lower_bound(first);
       one != found.now.parts.end() && one->first < end; ++one) {
    const auto was = before.parts.find(one->first);
    const bool is_new = was == before.parts.end();
    one->second.printed = true;
    if (!is_new && was->second.held == one->second.held) {
      one->second.printed = was->second.printed;
    } else {
      (is_new || was->second.printed ? sorted.compare : sorted.print).push_back(one->first);
    }
  }
  if (!sorted.print.empty()) found.unknown.insert(source);
  if (sorted.compare.size() > kMostCompared) {
    found.unknown.insert(source);
    found.now.sources[static_cast<Source>(source)].since = run_.id;
    return begin_anew(source, found, parts);
  }
  parts.compare.insert(parts.compare.end(), sorted.compare.begin(), sorted.compare.end());
  parts.print.insert(parts.print.end(), sorted.print.begin(), sorted.print.end());
}

/// Prints of what is wont to change.
void TouchedFinder::begin_anew(std::int64_t source, Found& found, Parts& parts) const {
  const Date last = Date{run_.at.as_of.end.days - 1};
  const std::int64_t recent =
      month_of(std::max(kFirstDate, add_steps(last, Granularity::month, -1)));
  for (auto& [part, now] : found.now.parts) {
    if (source_of(part) != source) continue;
    now.printed = month_of(part) == 0 || month_of(part) >= recent;
    if (now.printed) parts.print.push_back(part);
  }
}

Result<std::string> TouchedFinder::text_of_part(PartId part, const Seen& now,
                                                engine::Params& params) const {
  const std::string number = fmt::format("part{}", part);
  params[number] = part;
  if (source_of(part) == kLinksSource) {
    TRY(const std::string joined, schema::expand("{{joined_accounts}}"));
    return text_of("print_links", {{"part", number}, {"joined", joined}});
  }
  const auto source = static_cast<Source>(source_of(part));
  std::string rows;
  if (is_monthly(source)) {
    const std::string month = fmt::format("{}", month_of(part));
    rows = " AND " + between(source_card(source).day, month);
    params["from" + month] = first_of(month_of(part));
    params["to" + month] = add_steps(first_of(month_of(part)), Granularity::month, 1);
  }
  if (source == Source::marks) rows = " AND NOT has({void_moves:Array(Int64)}, toInt64(run))";
  return text_of("print_rows", {{"part", number},
                                {"hash", row_hash(source, now.sources.at(source).columns)},
                                {"table", table_of(source).name},
                                {"rows", rows}});
}

Result<std::string> TouchedFinder::texts_of(const std::vector<PartId>& parts, const Seen& now,
                                            engine::Params& params) const {
  std::string out;
  for (const PartId part : parts) {
    TRY(const std::string text, text_of_part(part, now, params));
    out += (out.empty() ? "" : "UNION ALL\n") + text;
  }
  return out;
}

Status TouchedFinder::compare(const Parts& parts, const LookedAt& look, Found& found) {
  TRY(make(
      kChanged,
      {{"part", "UInt64"}, {"customer_id", "UInt64"}, {"print", "UInt64"}, {"was", "UInt64"}}));
  if (!parts.compare.empty()) {
    engine::Params params;
    std::string which;
    for (const PartId part : parts.compare) {
      const auto source = found.now.sources.find(static_cast<Source>(source_of(part)));
      which += fmt::format("{0}(part = {{part{1}:UInt64}} AND run >= {{since{1}:UInt64}})",
                           which.empty() ? "" : " OR ", part);
      params[fmt::format("since{}", part)] =
          source == found.now.sources.end() ? 0 : source->second.since;
    }
    TRY(const std::string texts, texts_of(parts.compare, found.now, params));
    TRY(const engine::Query query,
        statement("changed", {{"parts", texts}, {"which", which}}, std::move(params)));
    TRY(engine_.execute(query));
  }
  TRY(move_by_days(look.days));
  TRY(count_touched(found));
  TRY(const engine::Query query, statement("print_changed", {}));
  return engine_.execute(query);
}

Status TouchedFinder::move_by_days(const std::vector<RowDays>& days) {
  for (std::size_t number = 0; number < kSources; ++number) {
    const auto source = static_cast<Source>(number);
    std::vector<RowDays> of_source;
    std::copy_if(days.begin(), days.end(), std::back_inserter(of_source),
                 [&](const RowDays& one) { return one.source == source; });
    if (of_source.empty() || day_of(source).empty()) continue;
    std::string rows;
    engine::Params params;
    for (const RowDays& one : united(std::move(of_source))) {
      const std::string name = fmt::format("{}", one.from.days);
      rows += fmt::format("{}({})", rows.empty() ? "" : " OR ", between(day_of(source), name));
      params["from" + name] = one.from;
      params["to" + name] = one.to;
    }
    TRY(const engine::Query query,
        statement("moved_by_days", {{"table", table_of(source).name}, {"rows", rows}},
                  std::move(params)));
    TRY(engine_.execute(query));
  }
  return {};
}

Status TouchedFinder::count_touched(Found& found) {
  TRY(const engine::Query changed, statement("parts_changed", {}));
  TRY(const Frame parts, engine_.query(changed));
  for (std::size_t row = 0; row < parts.rows(); ++row) {
    const PartId part = parts.integer("changed_part", row).value_or(0);
    if (part < kDaysPart) found.changed.insert(source_of(part));
  }
  if (parts.rows() == 0) return {};
  TRY(make(kTouched, {{"customer_id", "UInt64"}}));
  TRY(const std::string joined, schema::expand("{{joined_accounts}}"));
  TRY(const engine::Query touched, statement("touched", {{"joined", joined}}));
  TRY(engine_.execute(touched));
  TRY(const engine::Query counting, statement("touched_counted", {}));
  TRY(const Frame counted, engine_.query(counting));
  found.touched = counted.integer("touched_persons", 0).value_or(0);
  found.customers = counted.integer("customers", 0).value_or(0);
  return {};
}

Result<engine::Query> TouchedFinder::statement(
    const char* name, const std::vector<std::pair<std::string, std::string>>& parts,
    engine::Params params) const {
  engine::Query query{.params = std::move(params), .limits = run_.at.limits};
  query.params["run"] = run_.id;
  query.params["links_part"] = kLinksPart;
  query.params["days_part"] = kDaysPart;
  query.params["void_runs"] = run_.at.void_runs;
  query.params["void_moves"] = run_.library.void_moves;
  TRY(query.text, text_of(name, parts));
  return query;
}

Status TouchedFinder::make(const char* name, std::vector<engine::TableColumn> columns) {
  TRY(engine_.drop_table(name));
  return engine_.create_table({.name = name,
                               .columns = std::move(columns),
                               .partition_by = "",
                               .order_by = "customer_id",
                               .shard_by = "customer_id",
                               .scratch = true});
}

}  // namespace huitou::segments
