#include <algorithm>
#include <map>

#include "customer/customer.h"
#include "customer/statement.h"

namespace huitou::customer {
namespace {

/// U+10FFFF: no text that begins with a prefix is behind the prefix and this.
constexpr std::string_view kLast = "\xF4\x8F\xBF\xBF";

struct Found {
  std::uint64_t customer = 0;
  std::string by;
};

/// Accounts in the order of how they were found, each once.
class Finds {
 public:
  explicit Finds(std::uint64_t limit) : limit_(limit) {}

  void add(std::uint64_t account, const char* by) {
    if (!seen_.contains(account)) {
      seen_[account] = accounts.size();
      accounts.push_back(account);
      how.emplace_back(by);
    }
  }
  bool full() const { return accounts.size() >= limit_; }

  std::vector<std::uint64_t> accounts;
  std::vector<std::string> how;

 private:
  std::uint64_t limit_;
  std::map<std::uint64_t, std::size_t> seen_;
};

void add_rows(const Frame& rows, const char* by, Finds& finds) {
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    finds.add(static_cast<std::uint64_t>(rows.integer("account", row).value_or(0)), by);
  }
}

Result<std::vector<Found>> found_persons(const Asking& asking, store::Store& store,
                                         const std::string& text, std::uint64_t limit) {
  Finds finds(limit);
  TRY(const auto holders, identity::holders_of(asking.engine, store, text));
  for (const std::uint64_t account : holders) finds.add(account, "key");
  const auto most = static_cast<std::int64_t>(limit);
  if (!finds.full()) {
    TRY(const Frame members,
        ask(asking, "members_like",
            {{"from", text}, {"to", text + std::string(kLast)}, {"limit", most}}));
    add_rows(members, "member", finds);
  }
  if (!finds.full()) {
    TRY(const Frame names, ask(asking, "names_like", {{"text", text}, {"limit", most}}));
    add_rows(names, "name", finds);
  }
  TRY(const auto persons, identity::persons_of(asking.engine, store, finds.accounts));
  std::vector<Found> out;
  for (std::size_t i = 0; i < persons.size() && out.size() < limit; ++i) {
    const bool known = std::any_of(
        out.begin(), out.end(), [&](const Found& found) { return found.customer == persons[i]; });
    if (!known) out.push_back({persons[i], finds.how[i]});
  }
  return out;
}

Frame empty_list() {
  Frame out;
  out.columns.push_back(make_column("customer_id", ColumnType::integer));
  for (const char* name : {"customer_key", "name", "region", "found_by"}) {
    out.columns.push_back(make_column(name, ColumnType::text));
  }
  out.columns.push_back(make_column("orders", ColumnType::integer));
  out.columns.push_back(make_column("amount_minor", ColumnType::integer));
  out.columns.push_back(make_column("last_on", ColumnType::date));
  return out;
}

std::map<std::int64_t, std::size_t> rows_by(const Frame& rows, const char* column) {
  std::map<std::int64_t, std::size_t> out;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    out.emplace(rows.integer(column, row).value_or(0), row);
  }
  return out;
}

}  // namespace

Result<Frame> find(const Asking& asking, store::Store& store, const std::string& text,
                   std::uint64_t limit) {
  Frame out = empty_list();
  TRY(const std::vector<Found> found, found_persons(asking, store, text, limit));
  if (found.empty()) return out;
  engine::IntegerList customers;
  for (const Found& one : found) customers.push_back(static_cast<std::int64_t>(one.customer));
  TRY(const Frame attributes, ask(asking, "attributes", {{"accounts", customers}}));
  TRY(const Frame orders, ask(asking, "orders_of", {{"customers", customers}}));
  const auto attribute_rows = rows_by(attributes, "account");
  const auto order_rows = rows_by(orders, "customer");
  for (std::size_t i = 0; i < found.size(); ++i) {
    out.at("customer_id").push_integer(customers[i]);
    out.at("found_by").push_text(found[i].by);
    const auto who = attribute_rows.find(customers[i]);
    for (const char* name : {"customer_key", "name", "region"}) {
      const std::string value =
          who == attribute_rows.end() ? "" : text_at(attributes, name, who->second);
      value.empty()
          ? out.at(name).push_null()
          : out.at(name).push_text(
                std::string_view(name) == "customer_key" ? shown_member(asking, value) : value);
    }
    const auto what = order_rows.find(customers[i]);
    const bool none = what == order_rows.end();
    out.at("orders").push_integer(none ? 0 : orders.at("orders").integers()[what->second]);
    if (none) {
      out.at("amount_minor").push_null();
      out.at("last_on").push_null();
    } else {
      out.at("amount_minor").push_integer(orders.at("amount_minor").integers()[what->second]);
      out.at("last_on").push_integer(orders.at("last_day").integers()[what->second]);
    }
  }
  return out;
}

}  // namespace huitou::customer
