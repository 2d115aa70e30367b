#include <algorithm>
#include <map>
#include <numeric>

#include "customer/customer.h"
#include "customer/statement.h"

namespace huitou::customer {
namespace {

/// Later than all that the engines know: the first second of their last day.
constexpr std::int64_t kLastSecond = std::int64_t{kLastDate.days} * 24 * 3600;

/// The newest first; of one second, by kind and key.
std::vector<std::size_t> newest_first(const Frame& frame) {
  std::vector<std::size_t> order(frame.rows());
  std::iota(order.begin(), order.end(), std::size_t{0});
  const auto& at = frame.at("at").integers();
  const auto& kinds = frame.at("kind").texts();
  const auto& keys = frame.at("key").texts();
  std::sort(order.begin(), order.end(), [&](std::size_t a, std::size_t b) {
    if (at[a] != at[b]) return at[a] > at[b];
    if (kinds.at(a) != kinds.at(b)) return kinds.at(a) < kinds.at(b);
    return keys.at(a) < keys.at(b);
  });
  return order;
}

/// Cut so that the rows of a second stay together: "earlier than the last row's" then goes on
/// without a gap. Only a second with more rows than a page is cut through.
std::size_t cut(const std::vector<std::size_t>& order, const std::vector<std::int64_t>& at,
                std::size_t rows) {
  if (order.size() <= rows) return order.size();
  std::size_t end = rows;
  while (end > 0 && at[order[end - 1]] == at[order[rows]]) --end;
  return end == 0 ? rows : end;
}

Frame taken(const Frame& frame, const std::vector<std::size_t>& order, std::size_t rows) {
  Frame out;
  for (const Column& column : frame.columns) {
    Column& to = out.columns.emplace_back(make_column(column.name, column.type));
    for (std::size_t i = 0; i < rows; ++i) {
      const std::size_t row = order[i];
      if (column.is_null(row)) {
        to.push_null();
      } else if (column.type == ColumnType::text) {
        to.push_text(column.texts().at(row));
      } else {
        to.push_integer(column.integers()[row]);
      }
    }
  }
  return out;
}

/// Rules of quality by order key, with blanks between.
Result<Column> rules_of(const Asking& asking, const identity::Whose& whose, const Frame& frame) {
  TRY(const Frame flags, ask(asking, "flags", {{"accounts", accounts_of(whose)}}));
  std::map<std::string, std::string, std::less<>> rules;
  for (std::size_t row = 0; row < flags.rows(); ++row) {
    std::string& held = rules[text_at(flags, "key", row)];
    held += (held.empty() ? "" : " ") + text_at(flags, "rule", row);
  }
  Column out = make_column("rules", ColumnType::text);
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    const std::string kind = text_at(frame, "kind", row);
    const auto found = rules.find(text_at(frame, "key", row));
    const bool is_order = kind == "order" || kind == "aside";
    is_order&& found != rules.end() ? out.push_text(found->second) : out.push_null();
  }
  return out;
}

}  // namespace

Result<Timeline> timeline(const Asking& asking, const identity::Whose& whose, const Page& page) {
  engine::Params params{{"customer", static_cast<std::int64_t>(whose.customer)},
                        {"accounts", accounts_of(whose)},
                        {"before", page.before == 0 ? kLastSecond : page.before},
                        {"limit", static_cast<std::int64_t>(page.rows + 1)}};
  TRY(const Frame found, ask(asking, "timeline", std::move(params)));
  const std::vector<std::size_t> order = newest_first(found);
  const std::size_t rows = cut(order, found.at("at").integers(), page.rows);
  Timeline out{taken(found, order, rows), rows < order.size()};
  TRY(Column stores, names_of(asking, "store", out.frame.at("store_key")));
  out.frame.columns.push_back(std::move(stores));
  TRY(Column rules, rules_of(asking, whose, out.frame));
  out.frame.columns.push_back(std::move(rules));
  return out;
}

Result<Frame> lines(const Asking& asking, const identity::Whose& whose, const std::string& order,
                    std::uint64_t limit) {
  TRY(Frame out, ask(asking, "lines",
                     {{"customer", static_cast<std::int64_t>(whose.customer)},
                      {"order", order},
                      {"limit", static_cast<std::int64_t>(limit)}}));
  TRY(Column products, names_of(asking, "product", out.at("product_key")));
  out.columns.push_back(std::move(products));
  return out;
}

}  // namespace huitou::customer
