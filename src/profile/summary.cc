#include <fmt/format.h>

#include <algorithm>

#include "profile/journal.h"
#include "profile/statement.h"

namespace huitou::profile {
namespace {

constexpr std::size_t kAtOnce = 8;  ///< columns a query looks at: exact quantiles hold all values

Error no_profile() {
  return {Code::not_enough_data, "There is no customer profile yet.", "Run `huitou refresh`.",
          "还没有客户画像。", "请运行 `huitou refresh`。"};
}

bool is_text(const Feature& feature) { return feature.fact->type == segments::ValueType::text; }
bool is_date(const Feature& feature) { return feature.fact->type == segments::ValueType::date; }

/// Aggregates named <name><place>.
std::string aggregates(const Feature& feature, std::size_t place) {
  const std::string& column = feature.column;
  if (is_text(feature)) {
    return fmt::format("toInt64(count({0})) AS filled{1}, toInt64(uniqExact({0})) AS different{1}",
                       column, place);
  }
  const std::string value = is_date(feature) ? fmt::format("toInt64({})", column) : column;
  std::string out = fmt::format("toInt64(count({})) AS filled{}", column, place);
  const char* const names[] = {"least", "p25", "p50", "p75", "most"};
  const char* const shapes[] = {"min({})", "quantileExact(0.25)({})", "quantileExact(0.5)({})",
                                "quantileExact(0.75)({})", "max({})"};
  for (std::size_t i = 0; i < std::size(names); ++i) {
    out += fmt::format(", toFloat64({}) AS {}{}", fmt::format(fmt::runtime(shapes[i]), value),
                       names[i], place);
  }
  return out + fmt::format(", toFloat64(avg({})) AS mean{}", value, place);
}

Frame empty_summary() {
  Frame frame;
  frame.columns.push_back(make_column("column", ColumnType::text));
  frame.columns.push_back(make_column("filled", ColumnType::integer));
  for (const char* name : {"least", "p25", "p50", "p75", "most", "mean"}) {
    frame.columns.push_back(make_column(name, ColumnType::real));
  }
  frame.columns.push_back(make_column("different", ColumnType::integer));
  return frame;
}

void push_feature(Frame& frame, const Feature& feature, const Frame& found, std::size_t place) {
  const std::string number = std::to_string(place);
  const std::int64_t filled = found.integer("filled" + number, 0).value_or(0);
  frame.at("column").push_text(feature.column);
  frame.at("filled").push_integer(filled);
  for (const char* name : {"least", "p25", "p50", "p75", "most", "mean"}) {
    const auto value =
        is_text(feature) || filled == 0 ? std::optional<double>() : found.real(name + number, 0);
    value ? frame.at(name).push_real(*value) : frame.at(name).push_null();
  }
  is_text(feature)
      ? frame.at("different").push_integer(found.integer("different" + number, 0).value_or(0))
      : frame.at("different").push_null();
}

}  // namespace

Result<Frame> summary(engine::Engine& engine, store::Store& store, const engine::Limits& limits) {
  TRY(const auto known, kept(store));
  if (!known) return no_profile();
  Frame frame = empty_summary();
  const std::span<const Feature> all = features();
  for (std::size_t first = 0; first < all.size(); first += kAtOnce) {
    const auto part = all.subspan(first, std::min(kAtOnce, all.size() - first));
    std::string columns;
    for (std::size_t i = 0; i < part.size(); ++i) {
      columns += (columns.empty() ? "" : ", ") + aggregates(part[i], i);
    }
    TRY(engine::Query query, statement("spread", {}, {{"columns", columns}}));
    query.limits = limits;
    TRY(const Frame found, engine.query(query));
    for (std::size_t i = 0; i < part.size(); ++i) push_feature(frame, part[i], found, i);
  }
  return frame;
}

Result<Frame> row_of(engine::Engine& engine, store::Store& store, std::int64_t customer_id) {
  TRY(const auto known, kept(store));
  if (!known) return no_profile();
  std::string columns;
  for (const Feature& feature : features()) {
    columns += (columns.empty() ? "" : ", ") + feature.column;
  }
  TRY(const engine::Query query,
      statement("row", {{"customer", customer_id}}, {{"columns", columns}}));
  return engine.query(query);
}

}  // namespace huitou::profile
