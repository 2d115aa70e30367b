#include <algorithm>
#include <numeric>
#include <tuple>

#include "customer/customer.h"
#include "customer/statement.h"

namespace huitou::customer {
namespace {

constexpr std::string_view kKinds[] = {"product", "category", "store", "channel"};

/// Rows of one kind: in most orders first, then the larger amount, then by key.
std::vector<std::size_t> best_of(const Frame& rows, std::string_view kind) {
  std::vector<std::size_t> out;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    if (text_at(rows, "kind", row) == kind) out.push_back(row);
  }
  const auto& orders = rows.at("orders").integers();
  const auto& amounts = rows.at("amount_minor").integers();
  const auto rank = [&](std::size_t row) {
    return std::tuple(-orders[row], -amounts[row], rows.at("key").texts().at(row));
  };
  std::sort(out.begin(), out.end(),
            [&](std::size_t a, std::size_t b) { return rank(a) < rank(b); });
  out.resize(std::min(out.size(), kFavourites));
  return out;
}

}  // namespace

Result<Frame> favourites(const Asking& asking, const identity::Whose& whose) {
  TRY(const Purchases purchases, read_purchases(asking, whose));
  TRY(const Frame rows,
      ask(asking, "favourites", {{"customer", static_cast<std::int64_t>(whose.customer)}}));
  Frame out;
  out.columns = {make_column("kind", ColumnType::text),
                 make_column("key", ColumnType::text),
                 make_column("orders", ColumnType::integer),
                 make_column("share", ColumnType::real),
                 make_column("units_milli", ColumnType::integer),
                 make_column("amount_minor", ColumnType::integer),
                 make_column("last_on", ColumnType::date)};
  for (const std::string_view kind : kKinds) {
    for (const std::size_t row : best_of(rows, kind)) {
      const std::int64_t orders = rows.at("orders").integers()[row];
      out.at("kind").push_text(kind);
      out.at("key").push_text(rows.at("key").texts().at(row));
      out.at("orders").push_integer(orders);
      if (purchases.orders > 0) {
        out.at("share").push_real(static_cast<double>(orders) /
                                  static_cast<double>(purchases.orders));
      } else {
        out.at("share").push_null();
      }
      out.at("units_milli").push_integer(rows.at("units_milli").integers()[row]);
      out.at("amount_minor").push_integer(rows.at("amount_minor").integers()[row]);
      out.at("last_on").push_integer(rows.at("last_day").integers()[row]);
    }
  }
  TRY(const Column products, names_of(asking, "product", out.at("key")));
  TRY(const Column stores, names_of(asking, "store", out.at("key")));
  Column names = make_column("name", ColumnType::text);
  for (std::size_t row = 0; row < out.rows(); ++row) {
    const std::string kind = text_at(out, "kind", row);
    const Column* const from = kind == "product" ? &products : kind == "store" ? &stores : nullptr;
    from == nullptr || from->is_null(row) ? names.push_null()
                                          : names.push_text(from->texts().at(row));
  }
  out.columns.push_back(std::move(names));
  return out;
}

}  // namespace huitou::customer
