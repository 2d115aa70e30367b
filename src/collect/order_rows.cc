#include "collect/order_rows.h"

#include <fmt/format.h>

#include <algorithm>
#include <cmath>
#include <memory>
#include <nlohmann/json.hpp>

namespace huitou::collect {
namespace {

using Json = nlohmann::json;
using Rows = std::vector<std::vector<std::string>>;

constexpr double kMinorUnits = 100;
constexpr double kLargestMinor = 9e15;
constexpr std::size_t kBlockRows = 4096;

const std::vector<std::string> kLineColumns{
    "order_key", "line_number", "customer_key", "ordered_at", "status", "product_key",
    "product",   "category",    "brand",        "quantity",   "price",  "refund",
    "paid",      "currency",    "channel",      "campaign"};
constexpr std::string_view kLineMapping =
    "table: lines\ncolumns:\n"
    "  order_key: order_key\n  line_number: line_number\n  customer_key: customer_key\n"
    "  ordered_at: {field: ordered_at, date: year_first}\n  status: status\n"
    "  product_key: product_key\n  product: product_name\n  category: category\n  brand: brand\n"
    "  quantity: quantity\n  price: price\n  refund: refund\n  paid: order_paid\n"
    "  currency: currency\n  channel: channel\n  campaign: campaign\n";

const std::vector<std::string> kOrderColumns{"order_key", "customer_key", "ordered_at",
                                             "status",    "paid",         "refund",
                                             "currency",  "channel",      "campaign"};
constexpr std::string_view kOrderMapping =
    "table: orders\ncolumns:\n"
    "  order_key: order_key\n  customer_key: customer_key\n"
    "  ordered_at: {field: ordered_at, date: year_first}\n  status: status\n  paid: paid\n"
    "  refund: refund\n  currency: currency\n  channel: channel\n  campaign: campaign\n";

/// Gives rows that are held, block by block.
class HeldRows final : public ingest::RowReader {
 public:
  HeldRows(ingest::FileInfo info, std::shared_ptr<const Rows> rows)
      : info_(std::move(info)), rows_(std::move(rows)) {}
  const ingest::FileInfo& info() const override { return info_; }
  Result<bool> fetch(ingest::RawBlock& block) override {
    block.clear(info_.columns.size());
    for (std::size_t i = 0; i < kBlockRows && next_ < rows_->size(); ++i, ++next_) {
      const std::vector<std::string>& row = (*rows_)[next_];
      const std::vector<std::string_view> fields(row.begin(), row.end());
      block.append(next_ + 1, fields);
    }
    return block.rows() > 0;
  }

 private:
  ingest::FileInfo info_;
  std::shared_ptr<const Rows> rows_;
  std::size_t next_ = 0;
};

ingest::RowsSource source_of(const std::string& name, const std::vector<std::string>& columns,
                             std::string_view mapping, const Rows& rows) {
  ingest::RowsSource source;
  source.info.path = name;
  source.info.columns = columns;
  source.info.estimated_rows = rows.size();
  const std::size_t samples = std::min(rows.size(), ingest::kSampleRows);
  source.info.samples.assign(rows.begin(), rows.begin() + static_cast<std::ptrdiff_t>(samples));
  source.mapping = mapping;
  auto held = std::make_shared<const Rows>(rows);
  source.open = [info = source.info, held]() -> Result<std::unique_ptr<ingest::RowReader>> {
    return std::unique_ptr<ingest::RowReader>(std::make_unique<HeldRows>(info, held));
  };
  return source;
}

std::int64_t minor_of(double amount) {
  const double minor = std::round(amount * kMinorUnits);
  return std::fabs(minor) < kLargestMinor ? static_cast<std::int64_t>(minor) : 0;
}

std::string money(std::int64_t minor) {
  const std::int64_t size = minor < 0 ? -minor : minor;
  return fmt::format("{}{}.{:02}", minor < 0 ? "-" : "", size / 100, size % 100);
}

/// 2024-01-05T10:30:00Z
std::string instant(std::int64_t milliseconds) {
  const std::int64_t seconds = milliseconds / 1000;
  constexpr std::int64_t kDay = 24 * 60 * 60;
  const std::int64_t in_day = seconds % kDay;
  return fmt::format("{}T{:02}:{:02}:{:02}Z",
                     format_date(Date{static_cast<std::int32_t>(seconds / kDay)}), in_day / 3600,
                     in_day / 60 % 60, in_day % 60);
}

std::int64_t gross_of(const Json& line) {
  return minor_of(line.at("price").get<double>() * line.at("quantity").get<double>());
}

/// Of amounts within kLargestMinor; a sum that would be larger stays there.
std::int64_t sum_of(std::int64_t a, std::int64_t b) {
  constexpr auto kLargest = static_cast<std::int64_t>(kLargestMinor);
  return std::clamp(a + b, -kLargest, kLargest);
}

std::int64_t gross_of_lines(const Json& lines) {
  std::int64_t gross = 0;
  for (const Json& line : lines) gross = sum_of(gross, gross_of(line));
  return gross;
}

/// What was given back in all; everything if a refund says no amount and no products.
std::int64_t refund_of(const Json& state, std::int64_t paid) {
  if (!state.contains("refunds")) return 0;
  std::int64_t sum = 0;
  for (const auto& [id, refund] : state.at("refunds").items()) {
    const Json& lines = refund.at("lines");
    if (refund.contains("amount")) {
      sum = sum_of(sum, minor_of(refund.at("amount").get<double>()));
    } else {
      sum = sum_of(sum, lines.empty() ? paid : gross_of_lines(lines));
    }
  }
  return std::min(sum, paid);
}

std::string_view status_of(const Json& state, std::int64_t paid, std::int64_t refund) {
  if (state.value("cancelled", false)) return "cancelled";
  return paid > 0 && refund >= paid ? "refunded" : "paid";
}

/// The part of `whole` that falls on lines up to `gross` of `all`: parts add up to the whole.
std::int64_t share(std::int64_t whole, std::int64_t gross, std::int64_t all) {
  return static_cast<std::int64_t>(std::floor(
      static_cast<double>(whole) * static_cast<double>(gross) / static_cast<double>(all)));
}

}  // namespace

void OrderRows::add(const std::string& order_key, const std::string& text,
                    const std::string& guest) {
  const Json state = Json::parse(text, nullptr, false);
  CHECK(state.is_object());
  if (!state.contains("placed")) return;
  const Json& placed = state.at("placed");
  const Json& lines = placed.at("lines");
  const std::int64_t gross = gross_of_lines(lines);
  const std::int64_t paid =
      placed.contains("paid") ? minor_of(placed.at("paid").get<double>()) : gross;
  const std::int64_t refund = refund_of(state, paid);
  const std::string status(status_of(state, paid, refund));
  const std::string at = instant(placed.at("at_ms").get<std::int64_t>());
  const auto said = [&](const char* name) { return placed.at(name).get<std::string>(); };
  const std::string customer = said("customer").empty() ? guest : said("customer");
  const std::string currency = said("currency").empty() ? currency_ : said("currency");
  if (lines.empty() || gross <= 0) {
    orders_.push_back({order_key, customer, at, status, money(paid), money(refund), currency,
                       said("channel"), said("campaign")});
    return;
  }
  std::int64_t before = 0;
  for (std::size_t i = 0; i < lines.size(); ++i) {
    const Json& line = lines[i];
    const auto of_line = [&](const char* name) { return line.at(name).get<std::string>(); };
    const std::int64_t after = sum_of(before, gross_of(line));
    const std::int64_t part = share(refund, after, gross) - share(refund, before, gross);
    before = after;
    lines_.push_back({order_key, std::to_string(i + 1), customer, at, status, of_line("product"),
                      of_line("name"), of_line("category"), of_line("brand"),
                      fmt::format("{:.3f}", line.at("quantity").get<double>()),
                      fmt::format("{:.2f}", line.at("price").get<double>()), money(part),
                      money(paid), currency, said("channel"), said("campaign")});
  }
}

std::vector<ingest::RowsSource> OrderRows::sources(const std::string& name) const {
  std::vector<ingest::RowsSource> out;
  if (!lines_.empty()) out.push_back(source_of(name, kLineColumns, kLineMapping, lines_));
  if (!orders_.empty()) out.push_back(source_of(name, kOrderColumns, kOrderMapping, orders_));
  return out;
}

}  // namespace huitou::collect
