#include "collect/rows.h"

#include <cctz/civil_time.h>
#include <cctz/time_zone.h>
#include <simdjson.h>

#include <chrono>
#include <cmath>
#include <initializer_list>

#include "collect/instant.h"
#include "collect/scanner.h"
#include "schema/schema.h"

namespace huitou::collect {
namespace {

namespace dom = simdjson::dom;

constexpr double kMinorUnits = 100;
constexpr double kLargestAmount = 9e15;

/// A value somewhere in an object, by a path of names; nothing if there is none.
std::optional<dom::element> find(const dom::object& object,
                                 std::initializer_list<std::string_view> path) {
  dom::object inside = object;
  dom::element at;
  for (auto name = path.begin(); name != path.end(); ++name) {
    if (name != path.begin() && at.get(inside) != simdjson::SUCCESS) return std::nullopt;
    if (inside.at_key(*name).get(at) != simdjson::SUCCESS) return std::nullopt;
  }
  return at;
}

using Path = std::initializer_list<std::string_view>;

/// The first of the paths that holds a text or a whole number.
std::string text(const dom::object& object, std::initializer_list<Path> paths) {
  for (const Path& path : paths) {
    const auto found = find(object, path);
    if (!found) continue;
    std::string_view words;
    std::int64_t number = 0;
    if (found->get(words) == simdjson::SUCCESS && !words.empty()) return std::string(words);
    if (found->get(number) == simdjson::SUCCESS) return std::to_string(number);
  }
  return {};
}

std::optional<double> number(const dom::object& object, std::initializer_list<Path> paths) {
  for (const Path& path : paths) {
    const auto found = find(object, path);
    double value = 0;
    if (found && found->is_number() && found->get(value) == simdjson::SUCCESS) return value;
  }
  return std::nullopt;
}

std::optional<std::int64_t> instant(const dom::object& object, std::string_view name) {
  const auto found = find(object, {name});
  if (!found) return std::nullopt;
  std::string_view words;
  double value = 0;
  if (found->get(words) == simdjson::SUCCESS) return parse_instant(words);
  if (found->is_number() && found->get(value) == simdjson::SUCCESS) return instant_of_number(value);
  return std::nullopt;
}

std::int64_t occurred_at(const dom::object& event, const Line& line) {
  Clocks clocks{.received = line.received_ms, .sent = line.sent_ms};
  clocks.original = instant(event, "originalTimestamp");
  if (!clocks.original) clocks.original = instant(event, "timestamp");
  if (const auto sent = instant(event, "sentAt")) clocks.sent = sent;
  return occurred(clocks);
}

std::string name_of(const dom::object& event, Kind kind) {
  switch (kind) {
    case Kind::track:
      return text(event, {{"event"}});
    case Kind::page:
    case Kind::screen:
      return text(event, {{"name"},
                          {"properties", "name"},
                          {"properties", "title"},
                          {"context", "page", "title"}});
    case Kind::group:
      return text(event, {{"groupId"}});
    case Kind::alias:
      return text(event, {{"previousId"}});
    case Kind::identify:
      return {};
  }
  return {};
}

std::string member(std::string_view json, std::string_view quoted_name) {
  Scanner scanner(json);
  return scanner.find(quoted_name) ? std::string(scanner.value()) : std::string();
}

std::optional<std::int64_t> amount(const dom::object& event, std::string_view currency) {
  const std::string named = text(event, {{"properties", "currency"}});
  const auto value =
      number(event, {{"properties", "revenue"}, {"properties", "total"}, {"properties", "value"}});
  if (!value || (!named.empty() && named != currency)) return std::nullopt;
  const double minor = std::round(*value * kMinorUnits);
  if (!(std::fabs(minor) < kLargestAmount)) return std::nullopt;
  return static_cast<std::int64_t>(minor);
}

}  // namespace

struct RowReader::Parser {
  dom::parser tree;
  std::string padded;
};

RowReader::RowReader(std::string currency)
    : parser_(std::make_unique<Parser>()), currency_(std::move(currency)) {}
RowReader::~RowReader() = default;

std::optional<EventRow> RowReader::read(const Line& line) {
  std::string& padded = parser_->padded;
  padded.reserve(line.json.size() + simdjson::SIMDJSON_PADDING);
  padded.assign(line.json);
  dom::object event;
  if (parser_->tree
          .parse(reinterpret_cast<const std::uint8_t*>(padded.data()), padded.size(), false)
          .get(event) != simdjson::SUCCESS) {
    return std::nullopt;
  }
  EventRow row;
  row.source = line.source;
  row.message_id = text(event, {{"messageId"}});
  if (row.message_id.empty()) row.message_id = line.fallback_id;
  row.hash = schema::event_hash(row.source, row.message_id);
  row.user_id = text(event, {{"userId"}});
  row.anonymous_id = text(event, {{"anonymousId"}});
  row.kind = line.kind;
  row.name = name_of(event, line.kind);
  row.received_ms = line.received_ms;
  row.occurred_ms = occurred_at(event, line);
  row.session_id =
      text(event,
           {{"properties", "session_id"}, {"context", "sessionId"}, {"context", "session", "id"}});
  row.page = text(event, {{"properties", "path"},
                          {"context", "page", "path"},
                          {"properties", "url"},
                          {"context", "page", "url"}});
  row.duration_seconds =
      number(event, {{"properties", "duration_seconds"}, {"properties", "duration"}});
  row.product_key = text(event, {{"properties", "product_id"}, {"properties", "sku"}});
  row.category = text(event, {{"properties", "category"}});
  row.channel = text(event, {{"channel"}, {"context", "channel"}, {"properties", "affiliation"}});
  row.campaign = text(event, {{"context", "campaign", "name"}, {"properties", "campaign"}});
  row.amount_minor = amount(event, currency_);
  const bool has_traits = line.kind == Kind::identify || line.kind == Kind::group;
  row.properties = member(padded, has_traits ? "\"traits\"" : "\"properties\"");
  return row;
}

struct Calendar::Zone {
  cctz::time_zone zone;
};

Calendar::Calendar(std::unique_ptr<Zone> zone) : zone_(std::move(zone)) {}
Calendar::Calendar(Calendar&&) noexcept = default;
Calendar& Calendar::operator=(Calendar&&) noexcept = default;
Calendar::~Calendar() = default;

Result<Calendar> Calendar::open(const std::string& time_zone) {
  auto zone = std::make_unique<Zone>();
  if (!cctz::load_time_zone(time_zone, &zone->zone)) {
    return Error{Code::invalid_input, "'" + time_zone + "' is not a time zone.",
                 "Give a name such as Asia/Shanghai or Europe/London.",
                 "“" + time_zone + "”不是有效的时区。",
                 "请使用如 Asia/Shanghai、Europe/London 的名称。"};
  }
  return Calendar(std::move(zone));
}

Date Calendar::day_of(std::int64_t utc_seconds) const {
  const std::chrono::time_point<std::chrono::system_clock, cctz::seconds> at{
      cctz::seconds(utc_seconds)};
  const cctz::civil_day day(cctz::convert(at, zone_->zone));
  return date_of({static_cast<int>(day.year()), day.month(), day.day()});
}

Frame event_frame(const std::vector<Placed>& rows, const Calendar& calendar) {
  Frame frame;
  for (const engine::TableColumn& column : schema::table("events").columns) {
    const ColumnType type = column.type == "String"              ? ColumnType::text
                            : column.type == "Date"              ? ColumnType::date
                            : column.type == "DateTime"          ? ColumnType::time
                            : column.type == "Nullable(Float64)" ? ColumnType::real
                                                                 : ColumnType::integer;
    frame.columns.push_back(make_column(column.name, type));
  }
  std::vector<Column>& to = frame.columns;
  for (const auto& [row, customer] : rows) {
    const std::int64_t at = row->occurred_ms / 1000;
    std::size_t i = 0;
    to[i++].push_text(row->message_id);
    to[i++].push_integer(static_cast<std::int64_t>(row->hash));
    to[i++].push_integer(static_cast<std::int64_t>(customer));
    to[i++].push_text(row->user_id);
    to[i++].push_text(row->anonymous_id);
    to[i++].push_text(kind_name(row->kind));
    to[i++].push_text(row->name);
    to[i++].push_integer(at);
    to[i++].push_integer(calendar.day_of(at).days);
    to[i++].push_integer(row->received_ms / 1000);
    to[i++].push_text(row->session_id);
    to[i++].push_text(row->page);
    row->duration_seconds ? to[i].push_real(*row->duration_seconds) : to[i].push_null();
    ++i;
    to[i++].push_text(row->product_key);
    to[i++].push_text(row->category);
    to[i++].push_text(row->channel);
    to[i++].push_text(row->campaign);
    row->amount_minor ? to[i].push_integer(*row->amount_minor) : to[i].push_null();
    ++i;
    to[i++].push_text(row->properties);
    to[i++].push_text(row->source);
    CHECK(i == to.size());
  }
  return frame;
}

}  // namespace huitou::collect
