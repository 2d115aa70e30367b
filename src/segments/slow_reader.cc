#include <algorithm>
#include <cmath>

#include "segments/slow_facts.h"

namespace huitou::segments::testing {
namespace {

/// -1, 0, 1; the value is in the unit of the tables.
int order_of(const Cell& cell, const Literal& literal, ValueType type) {
  const auto sign = [](auto a, auto b) { return a < b ? -1 : a > b ? 1 : 0; };
  if (std::holds_alternative<std::string>(cell))
    return sign(std::get<std::string>(cell), literal.text);
  const auto micro = static_cast<double>(literal.micro);
  const double wanted = type == ValueType::date    ? literal.date.days
                        : type == ValueType::money ? micro / 10'000
                        : type == ValueType::ratio ? micro / 100'000'000
                                                   : micro / 1'000'000;
  const double value = std::holds_alternative<double>(cell)
                           ? std::get<double>(cell)
                           : static_cast<double>(std::get<std::int64_t>(cell));
  return sign(value, wanted);
}

bool holds(const Comparison& is, const Cell& cell, ValueType type) {
  if (is.op == Op::unknown) return is_none(cell);
  if (is_none(cell)) return false;
  const auto at = [&](std::size_t i) { return order_of(cell, is.values[i], type); };
  switch (is.op) {
    case Op::some:
      return std::get<std::int64_t>(cell) >= 1;
    case Op::known:
      return true;
    case Op::eq:
      return at(0) == 0;
    case Op::ne:
      return at(0) != 0;
    case Op::lt:
      return at(0) < 0;
    case Op::le:
      return at(0) <= 0;
    case Op::gt:
      return at(0) > 0;
    case Op::ge:
      return at(0) >= 0;
    case Op::between:
      return at(0) >= 0 && at(1) <= 0;
    case Op::contains:
      return std::get<std::string>(cell).find(is.values[0].text) != std::string::npos;
    default:
      break;
  }
  for (std::size_t i = 0; i < is.values.size(); ++i) {
    if (at(i) == 0) return true;
  }
  return false;
}

std::string_view table_of(Source source) {
  constexpr std::string_view kTables[] = {"orders",  "order_lines", "events",     "tickets",
                                          "surveys", "customers",   "identities", "customer_marks"};
  return kTables[static_cast<std::size_t>(source)];
}

/// The levels of a category's path.
std::vector<std::string> parts_of(const std::string& path) {
  std::vector<std::string> parts(1);
  for (const char c : path) {
    if (c == '/') {
      parts.emplace_back();
    } else {
      parts.back() += c;
    }
  }
  return parts;
}

bool named(const Row& row, const std::string& subject, Source source, std::string_view fact) {
  const auto is = [&](const char* column) { return text(row, column) == subject; };
  const auto in_category = [&] {
    const auto path = parts_of(text(row, "category")), wanted = parts_of(subject);
    return std::search(path.begin(), path.end(), wanted.begin(), wanted.end()) != path.end();
  };
  if (source == Source::lines) return is("product_key") || in_category();
  if (source == Source::tickets) return is("reason");
  if (source == Source::marks) return is("name");
  if (source == Source::surveys || source == Source::keys) return is("kind");
  if (fact == "viewed" || fact == "added_to_cart")
    return is("product_key") || in_category() || is("page");
  return is("name") || is("kind");
}

bool within(const Window& window, Date day, std::int64_t second, const AsOf& as_of) {
  const auto last = static_cast<int>(window.last);
  switch (window.unit) {
    case WindowUnit::hours:
      return second >= as_of.second - 3600 * window.last && second < as_of.second;
    case WindowUnit::days:
      return day.days >= as_of.end.days - last;
    case WindowUnit::weeks:
      return day.days >= as_of.end.days - 7 * last;
    case WindowUnit::months:
      return day >= add_steps(as_of.end, Granularity::month, -last);
    case WindowUnit::years:
      return day >= add_steps(as_of.end, Granularity::year, -last);
    case WindowUnit::dates:
      break;
  }
  return (!window.from || day >= *window.from) && (!window.to || day < *window.to);
}

std::uint64_t lot(std::int64_t customer, std::int64_t seed) {
  auto mixed = static_cast<std::uint64_t>(seed) + 0x9e3779b97f4a7c15ULL;
  mixed = (mixed ^ (mixed >> 30U)) * 0xbf58476d1ce4e5b9ULL;
  mixed = (mixed ^ (mixed >> 27U)) * 0x94d049bb133111ebULL;
  std::uint64_t x = static_cast<std::uint64_t>(customer) ^ ((mixed ^ (mixed >> 31U)) >> 1U);
  x ^= 0x4cf2d2baae6da887ULL;  // as intHash64 of the engines does
  x ^= x >> 33U;
  x *= 0xff51afd7ed558ccdULL;
  x ^= x >> 33U;
  x *= 0xc4ceb9fe1a85ec53ULL;
  return x ^ (x >> 33U);
}

}  // namespace

std::set<std::int64_t> SlowReader::everyone() const {
  std::set<std::int64_t> out;
  for (const Row& row : shop_.tables.at("customers")) {
    const std::int64_t id = integer(row, "customer_id");
    if (shop_.joined.contains(id)) continue;
    std::int64_t first = 1'000'000;
    for (const Row& order : shop_.tables.at("orders")) {
      if (integer(order, "customer_id") == id)
        first = std::min(first, integer(order, "ordered_on"));
    }
    const bool ordered = first < as_of_.end.days;
    const bool orders_later = first != 1'000'000 && !ordered;
    const bool registered =
        has(row, "registered_on") && integer(row, "registered_on") < as_of_.end.days;
    if (ordered || registered || (!has(row, "registered_on") && !orders_later)) out.insert(id);
  }
  return out;
}

bool SlowReader::visible(const Row& row, Source source) const {
  const SourceCard& card = source_card(source);
  if (card.day.empty()) return true;
  const std::int64_t day = integer(row, card.day);
  if (day >= as_of_.end.days) return false;
  if (!as_of_.within_day || day < as_of_.end.days - 1) return true;
  return source != Source::lines && integer(row, card.instant) < as_of_.second;
}

bool SlowReader::counts(const Row& row, const Fact& fact, const Term& term) const {
  const auto& void_moves = library_.void_moves;
  if (fact.source == Source::marks &&
      std::count(void_moves.begin(), void_moves.end(), integer(row, "run")) > 0)
    return false;
  const std::int64_t status = integer(row, "status");
  const bool sells = fact.source == Source::orders || fact.source == Source::lines;
  const bool any = fact.name == "cancelled_orders";
  const bool paid = fact.name == "refunds" || fact.name == "refund_amount";
  if (sells && !any && status != 2 && status != 3 && !(paid && status == 5)) return false;
  if (term.subject && !named(row, *term.subject, fact.source, fact.name)) return false;
  for (const Filter& filter : term.where) {
    if (filter.field == "property") {
      const bool number =
          !filter.is.values.empty() && filter.is.values[0].kind == Literal::Kind::number;
      Cell cell = has(row, "property " + filter.property)
                      ? row.find("property " + filter.property)->second
                      : Cell();
      const bool none = filter.is.op == Op::known || filter.is.op == Op::unknown;
      if (!none && !is_none(cell) && number && std::holds_alternative<std::string>(cell))
        cell = 0.0;
      if (!none && !is_none(cell) && !number && std::holds_alternative<double>(cell))
        cell = std::string();
      if (!holds(filter.is, cell, number ? ValueType::number : ValueType::text)) return false;
      continue;
    }
    const Field& field = *find_field(fact.source, filter.field);
    Cell cell = has(row, field.column) ? row.find(field.column)->second : Cell();
    if (cell == Cell(std::string())) cell = Cell();
    if (!holds(filter.is, cell, field.type)) return false;
  }
  const SourceCard& card = source_card(fact.source);
  return !term.window ||
         within(*term.window, Date{static_cast<std::int32_t>(integer(row, card.day))},
                integer(row, card.instant), as_of_);
}

std::vector<const Row*> SlowReader::rows(const Fact& fact, const Term& term,
                                         std::int64_t customer) const {
  std::vector<const Row*> out;
  for (const Row& row : shop_.tables.at(std::string(table_of(fact.source)))) {
    std::int64_t owner = integer(row, "customer_id");
    const auto joined = shop_.joined.find(owner);
    if (joined != shop_.joined.end() && fact.source != Source::customers) owner = joined->second;
    if (owner == customer && visible(row, fact.source) && counts(row, fact, term))
      out.push_back(&row);
  }
  return out;
}

namespace {

/// Of everybody who has orders such as the term is made of.
BuyersNumbers numbers_of(const SlowReader& reader, const Term& term) {
  const auto number = [&](const char* fact, std::int64_t customer) {
    const Cell cell =
        reader.value({.fact = fact, .where = term.where, .window = term.window}, customer);
    return is_none(cell) ? 0 : std::get<std::int64_t>(cell);
  };
  BuyersNumbers out;
  for (const std::int64_t customer : reader.everyone()) {
    if (const std::int64_t orders = number("orders", customer); orders > 0) {
      out[customer] = {number("days_since_last_order", customer), orders,
                       number("net_amount", customer)};
    }
  }
  return out;
}

}  // namespace

Cell SlowReader::value(const Term& term, std::int64_t customer) const {
  const Fact& fact = *find_fact(term.fact);
  if (fact.name.starts_with("rfm_")) return slow_score(fact, numbers_of(*this, term), customer);
  return slow_value(fact, rows(fact, term, customer), as_of_.end);
}

std::set<std::int64_t> SlowReader::chosen(const Rule& rule) const {
  std::vector<std::pair<double, std::int64_t>> ranked;
  std::vector<std::pair<std::uint64_t, std::int64_t>> drawn;
  for (const std::int64_t customer : fitting(rule.children.front())) {
    if (rule.kind == Kind::sample) {
      drawn.emplace_back(lot(customer, rule.seed), customer);
      continue;
    }
    const Cell cell = value(rule.term, customer);
    if (is_none(cell)) continue;
    const double number = std::holds_alternative<double>(cell)
                              ? std::get<double>(cell)
                              : static_cast<double>(std::get<std::int64_t>(cell));
    ranked.emplace_back(rule.lowest ? number : -number, customer);
  }
  std::sort(ranked.begin(), ranked.end());
  std::sort(drawn.begin(), drawn.end());
  std::set<std::int64_t> out;
  const auto micro = static_cast<double>(rule.amount.micro);
  if (rule.kind == Kind::sample) {
    for (const auto& [hash, customer] : drawn) {
      const bool in = rule.amount.percent
                          ? static_cast<std::int64_t>(hash % 100'000'000) < rule.amount.micro
                          : static_cast<std::int64_t>(out.size()) < rule.amount.micro / kMillion;
      if (in) out.insert(customer);
    }
    return out;
  }
  const double most = rule.amount.percent
                          ? std::ceil(static_cast<double>(ranked.size()) * (micro / 100'000'000))
                          : micro / 1'000'000;
  for (const auto& [number, customer] : ranked) {
    if (static_cast<double>(out.size()) < most) out.insert(customer);
  }
  return out;
}

std::set<std::int64_t> SlowReader::fitting(const Rule& rule) const {
  const std::set<std::int64_t> all = everyone();
  if (rule.kind == Kind::everyone) return all;
  if (rule.kind == Kind::segment) return fitting(library_.rules.at(rule.name));
  if (rule.kind == Kind::top || rule.kind == Kind::sample) return chosen(rule);
  std::vector<std::set<std::int64_t>> inner;
  for (const Rule& child : rule.children) inner.push_back(fitting(child));
  std::set<std::int64_t> out;
  for (const std::int64_t customer : all) {
    const auto in = [&](const std::set<std::int64_t>& set) { return set.count(customer) > 0; };
    bool fits = false;
    if (rule.kind == Kind::condition)
      fits = holds(rule.is, value(rule.term, customer), find_fact(rule.term.fact)->type);
    if (rule.kind == Kind::negation) fits = !in(inner.front());
    if (rule.kind == Kind::all_of) fits = std::all_of(inner.begin(), inner.end(), in);
    if (rule.kind == Kind::any_of) fits = std::any_of(inner.begin(), inner.end(), in);
    if (fits) out.insert(customer);
  }
  return out;
}

}  // namespace huitou::segments::testing
