#include "segments/slow_facts.h"

#include <algorithm>
#include <map>

namespace huitou::segments::testing {

std::int64_t integer(const Row& row, std::string_view name) {
  const auto found = row.find(name);
  return found != row.end() && std::holds_alternative<std::int64_t>(found->second)
             ? std::get<std::int64_t>(found->second)
             : 0;
}
bool has(const Row& row, std::string_view name) {
  const auto found = row.find(name);
  return found != row.end() && !std::holds_alternative<std::monostate>(found->second);
}
std::string text(const Row& row, std::string_view name) {
  const auto found = row.find(name);
  return found != row.end() && std::holds_alternative<std::string>(found->second)
             ? std::get<std::string>(found->second)
             : "";
}

bool is_none(const Cell& cell) { return std::holds_alternative<std::monostate>(cell); }

namespace {

/// What is asked of one customer's rows.
class Answers {
 public:
  Answers(const std::vector<const Row*>& rows, Date end) : rows_(rows), end_(end) {}

  std::int64_t sum(std::string_view column) const {
    std::int64_t total = 0;
    for (const Row* row : rows_) total += integer(*row, column);
    return total;
  }
  std::int64_t number_with(std::string_view column) const {
    return std::count_if(rows_.begin(), rows_.end(),
                         [&](const Row* row) { return has(*row, column); });
  }
  Cell mean(std::string_view column) const {
    if (number_with(column) == 0) return {};
    return static_cast<double>(sum(column)) / static_cast<double>(number_with(column));
  }
  Cell different(std::string_view column) const {
    std::set<Cell> values;
    for (const Row* row : rows_) {
      const Cell cell = row->find(column)->second;
      if (cell != Cell(std::string())) values.insert(cell);
    }
    return static_cast<std::int64_t>(values.size());
  }
  /// First or last day, none without rows.
  Cell day(std::string_view column, bool last) const {
    Cell best;
    for (const Row* row : rows_) {
      const std::int64_t day = integer(*row, column);
      if (is_none(best) ||
          (last ? day > std::get<std::int64_t>(best) : day < std::get<std::int64_t>(best)))
        best = day;
    }
    return best;
  }
  Cell since(std::string_view column, bool last = true) const {
    const Cell found = day(column, last);
    return is_none(found) ? found : Cell(end_.days - std::get<std::int64_t>(found));
  }
  /// Of the days between the different days of the column, in the middle.
  Cell median_gap(std::string_view column) const {
    std::set<std::int64_t> days;
    for (const Row* row : rows_) days.insert(integer(*row, column));
    std::multiset<std::int64_t> gaps;
    for (auto day = days.begin(); day != days.end() && std::next(day) != days.end(); ++day) {
      gaps.insert(*std::next(day) - *day);
    }
    if (gaps.empty()) return {};
    const auto half = static_cast<std::ptrdiff_t>(gaps.size() / 2);
    const auto high = std::next(gaps.begin(), half);
    return gaps.size() % 2 == 1 ? static_cast<double>(*high)
                                : static_cast<double>(*high + *std::prev(high)) / 2;
  }
  Cell last_gap(std::string_view column) const {
    std::set<std::int64_t> days;
    for (const Row* row : rows_) days.insert(integer(*row, column));
    if (days.size() < 2) return {};
    return *days.rbegin() - *std::next(days.rbegin());
  }
  std::int64_t many() const { return static_cast<std::int64_t>(rows_.size()); }
  template <typename Condition>
  Cell many_with(Condition condition) const {
    return static_cast<std::int64_t>(
        std::count_if(rows_.begin(), rows_.end(), [&](const Row* row) { return condition(*row); }));
  }
  const std::vector<const Row*>& rows() const { return rows_; }

 private:
  const std::vector<const Row*>& rows_;
  Date end_;
};

Cell of_rhythm(std::string_view fact, const Answers& of) {
  if (fact == "days_between_orders") {
    const auto days = std::get<std::int64_t>(of.different("ordered_on"));
    if (days < 2) return {};
    return static_cast<double>(std::get<std::int64_t>(of.day("ordered_on", true)) -
                               std::get<std::int64_t>(of.day("ordered_on", false))) /
           static_cast<double>(days - 1);
  }
  if (fact == "median_days_between_orders") return of.median_gap("ordered_on");
  if (fact == "days_between_last_orders") return of.last_gap("ordered_on");
  if (fact == "own_gaps_since_last_order") {
    const auto days = std::get<std::int64_t>(of.different("ordered_on"));
    if (days < 2) return {};
    const auto last = std::get<std::int64_t>(of.day("ordered_on", true));
    return static_cast<double>(std::get<std::int64_t>(of.since("ordered_on"))) *
           static_cast<double>(days - 1) /
           static_cast<double>(last - std::get<std::int64_t>(of.day("ordered_on", false)));
  }
  CHECK(fact == "stage");
  if (of.many() == 0) return {};
  // At the close of the last day: `since` counts from its end.
  const auto silent = std::get<std::int64_t>(of.since("ordered_on")) - 1;
  return std::string(silent > 180 ? "lost" : silent > 90 ? "sleeping" : "active");
}

Cell of_orders(std::string_view fact, const Answers& of) {
  if (fact == "orders") return of.many();
  if (fact == "purchase_days") return of.different("ordered_on");
  if (fact == "net_amount") return of.sum("net_minor");
  if (fact == "gross_amount") return of.sum("gross_minor");
  if (fact == "discount_amount") return of.sum("discount_minor");
  if (fact == "refund_amount") return of.sum("refund_minor");
  if (fact == "discount_share") {
    return of.sum("gross_minor") == 0 ? Cell()
                                      : Cell(static_cast<double>(of.sum("discount_minor")) /
                                             static_cast<double>(of.sum("gross_minor")));
  }
  if (fact == "average_order_value")
    return of.many() == 0 ? Cell() : Cell(of.sum("net_minor") / of.many());
  if (fact == "units")
    return of.number_with("units_milli") == 0
               ? Cell()
               : Cell(static_cast<double>(of.sum("units_milli")) / 1000);
  if (fact == "margin") {
    return of.many() == 0 || of.number_with("cost_minor") < of.many()
               ? Cell()
               : Cell(of.sum("net_minor") - of.sum("cost_minor"));
  }
  if (fact == "first_order_on") return of.day("ordered_on", false);
  if (fact == "last_order_on") return of.day("ordered_on", true);
  if (fact == "days_since_first_order") return of.since("ordered_on", false);
  if (fact == "days_since_last_order") return of.since("ordered_on");
  if (fact == "channels") return of.different("channel");
  if (fact == "stores") return of.different("store_key");
  if (fact == "cancelled_orders")
    return of.many_with([](const Row& row) { return integer(row, "status") == 4; });
  if (fact == "refunds") {
    return of.many_with([](const Row& row) {
      return integer(row, "refund_minor") > 0 || integer(row, "status") == 5;
    });
  }
  if (fact != "largest_order") return of_rhythm(fact, of);
  Cell best;
  for (const Row* row : of.rows())
    best = is_none(best) ? Cell(integer(*row, "net_minor"))
                         : std::max(best, Cell(integer(*row, "net_minor")));
  return best;
}

Cell of_lines(std::string_view fact, const Answers& of) {
  if (fact == "bought") return of.different("order_key");
  if (fact == "bought_units") return static_cast<double>(of.sum("quantity_milli")) / 1000;
  if (fact == "bought_amount") return of.sum("net_minor");
  if (fact == "days_since_bought") return of.since("ordered_on");
  return of.different(fact == "categories" ? "category" : "product_key");
}

Cell of_events(std::string_view fact, const Answers& of) {
  if (fact == "did") return of.many();
  if (fact == "days_since_did") return of.since("occurred_on");
  if (fact == "active_days") return of.different("occurred_on");
  if (fact == "added_to_cart")
    return of.many_with([](const Row& row) { return text(row, "name") == "product_added"; });
  CHECK(fact == "viewed");
  return of.many_with([](const Row& row) {
    return text(row, "kind") == "page" || text(row, "name") == "product_viewed";
  });
}

Cell of_tickets(std::string_view fact, const Answers& of) {
  if (fact == "tickets") return of.many();
  if (fact == "complaints")
    return of.many_with([](const Row& row) { return integer(row, "is_complaint") == 1; });
  if (fact == "days_since_last_ticket") return of.since("opened_on");
  return of.mean(fact);
}

Cell of_surveys(std::string_view fact, const Answers& of) {
  if (fact == "surveys") return of.many();
  const Row* last = nullptr;
  for (const Row* row : of.rows()) {
    const auto key = [](const Row& r) {
      return std::pair(integer(r, "answered_on"), text(r, "survey_key"));
    };
    if (has(*row, "score") && (last == nullptr || key(*row) > key(*last))) last = row;
  }
  return last == nullptr ? Cell() : Cell(static_cast<double>(integer(*last, "score")));
}

Cell of_customer(std::string_view fact, const Row& row, Date end) {
  const auto text_or_none = [&](const char* column) {
    return text(row, column).empty() ? Cell() : Cell(text(row, column));
  };
  if (fact == "customer_key") return text_or_none("customer_key");
  if (fact == "customer_name") return text_or_none("name");
  if (fact == "customer_region") return text_or_none("region");
  if (fact == "acquired_by") return text_or_none("channel");
  const char* column = fact.starts_with("birthday") ? "birthday" : "registered_on";
  if (!has(row, column)) return {};
  if (fact == "days_since_registered") return end.days - integer(row, column);
  if (fact == "birthday_month")
    return std::int64_t{ymd_of(Date{static_cast<std::int32_t>(integer(row, column))}).month};
  return integer(row, column);
}

Cell first_key(const std::vector<const Row*>& rows) {
  std::string first;
  for (const Row* row : rows) {
    const std::string key = text(*row, "key");
    if (first.empty() || key < first) first = key;
  }
  return first.empty() ? Cell() : Cell(first);
}

/// Names whose last word is yes.
Cell of_marks(std::string_view fact, const std::vector<const Row*>& rows) {
  std::map<std::string, std::pair<std::int64_t, bool>> last;
  for (const Row* row : rows) {
    if (text(*row, "kind") != (fact == "tagged" ? "tag" : "consent")) continue;
    auto& entry = last[text(*row, "name")];
    entry = std::max(entry, std::pair(integer(*row, "run"), integer(*row, "given") == 1));
  }
  return std::count_if(last.begin(), last.end(),
                       [](const auto& entry) { return entry.second.second; });
}

}  // namespace

namespace {

/// One of three numbers of all buyers, in ascending order.
std::vector<std::int64_t> sorted_numbers(const BuyersNumbers& buyers, std::size_t which) {
  std::vector<std::int64_t> out;
  for (const auto& [customer, numbers] : buyers) out.push_back(numbers.at(which));
  std::sort(out.begin(), out.end());
  return out;
}

/// How many of the quantiles 20, 40, 60, 80 % (type 7) plus a unit the value has reached.
std::int64_t passed(const std::vector<std::int64_t>& sorted, std::int64_t value,
                    std::int64_t unit) {
  std::int64_t out = 0;
  for (std::size_t fifth = 1; fifth < 5; ++fifth) {
    const std::size_t place = (sorted.size() - 1) * fifth;
    const auto rest = static_cast<std::int64_t>(place % 5);
    const std::int64_t low = sorted[place / 5];
    const std::int64_t high = rest == 0 ? low : sorted[place / 5 + 1];
    if (5 * (value - unit) >= (5 - rest) * low + rest * high) ++out;
  }
  return out;
}

/// -1, 0, 1: the value against the mean.
int beside_mean(const std::vector<std::int64_t>& numbers, std::int64_t value) {
  std::int64_t over = 0;
  for (const std::int64_t number : numbers) over += value - number;
  return over < 0 ? -1 : over > 0 ? 1 : 0;
}

}  // namespace

Cell slow_score(const Fact& fact, const BuyersNumbers& buyers, std::int64_t customer) {
  const auto found = buyers.find(customer);
  if (found == buyers.end() || buyers.size() < 20) return {};
  const auto [days, orders, net] = found->second;
  if (fact.name == "rfm_recency_score") return 5 - passed(sorted_numbers(buyers, 0), days, 1);
  if (fact.name == "rfm_frequency_score") return 1 + passed(sorted_numbers(buyers, 1), orders, 1);
  if (fact.name == "rfm_monetary_score") return 1 + passed(sorted_numbers(buyers, 2), net, 100);
  CHECK(fact.name == "rfm_segment");
  const bool recent = beside_mean(sorted_numbers(buyers, 0), days) <= 0;
  const bool often = beside_mean(sorted_numbers(buyers, 1), orders) >= 0;
  const bool much = beside_mean(sorted_numbers(buyers, 2), net) >= 0;
  const std::string what = recent && often   ? "value"
                           : often           ? "to keep"
                           : recent          ? "to develop"
                                             : "to win back";
  return (much ? "Important " : "General ") + what;
}

Cell slow_value(const Fact& fact, const std::vector<const Row*>& rows, Date end) {
  const Answers of(rows, end);
  switch (fact.source) {
    case Source::orders:
      return of_orders(fact.name, of);
    case Source::lines:
      return of_lines(fact.name, of);
    case Source::events:
      return of_events(fact.name, of);
    case Source::tickets:
      return of_tickets(fact.name, of);
    case Source::surveys:
      return of_surveys(fact.name, of);
    case Source::customers:
      return of_customer(fact.name, *rows.front(), end);
    case Source::keys:
      return fact.name == "key_value" ? first_key(rows) : of.different("key");
    case Source::marks:
      return of_marks(fact.name, rows);
  }
  return {};
}

}  // namespace huitou::segments::testing
