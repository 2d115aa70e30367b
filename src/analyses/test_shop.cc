#include "analyses/test_shop.h"

#include <fstream>
#include <map>
#include <random>
#include <set>
#include <sstream>

#include "schema/schema.h"

namespace huitou::analyses {
namespace {

const std::string kData = "../shared/data/clv/";

std::int64_t minor_of(const std::string& text) {
  return static_cast<std::int64_t>(std::stod(text) * 100 + 0.5);
}

struct OrderFrame {
  Frame frame;
  explicit OrderFrame(const engine::TableSpec& spec) {
    for (const engine::TableColumn& column : spec.columns) {
      const bool text = column.type == "String";
      const bool date = column.type == "Date";
      const bool time = column.type == "DateTime";
      frame.columns.push_back(make_column(column.name, text   ? ColumnType::text
                                                       : date ? ColumnType::date
                                                       : time ? ColumnType::time
                                                              : ColumnType::integer));
    }
  }
  void add(const TestOrder& order, std::size_t number) {
    const std::map<std::string, std::int64_t> values{
        {"customer_id", static_cast<std::int64_t>(order.customer_id)},
        {"ordered_at", std::int64_t{order.ordered_on.days} * 24 * 3600},
        {"ordered_on", order.ordered_on.days},
        {"status", order.status},
        {"gross_minor", order.amount_minor},
        {"refund_minor", order.refund_minor},
        {"net_minor", order.amount_minor - order.refund_minor}};
    for (Column& column : frame.columns) {
      if (column.name == "order_key") {
        column.push_text("o" + std::to_string(number));
      } else if (column.type == ColumnType::text) {
        column.push_text("");
      } else if (column.name == "cost_minor" || column.name == "units_milli") {
        column.push_null();
      } else {
        const auto found = values.find(column.name);
        column.push_integer(found == values.end() ? 0 : found->second);
      }
    }
  }
};

Status refill(engine::Engine& engine, const engine::TableSpec& spec, const Frame& rows) {
  TRY(engine.truncate_table(spec.name));
  if (rows.rows() == 0) {
    return {};
  }
  TRY(auto inserter, engine.insert(spec.name, spec.columns));
  TRY(inserter->write(rows));
  return inserter->finish();
}

Frame customers_of(const TestOrders& orders) {
  std::set<std::uint64_t> ids;
  for (const TestOrder& order : orders) {
    ids.insert(order.customer_id);
  }
  ids.erase(0);
  Frame frame;
  for (const engine::TableColumn& column : schema::table("customers").columns) {
    const bool text = column.type == "String";
    frame.columns.push_back(make_column(column.name, text ? ColumnType::text
                                                     : column.name == "customer_id"
                                                         ? ColumnType::integer
                                                         : ColumnType::date));
  }
  for (const std::uint64_t id : ids) {
    for (Column& column : frame.columns) {
      if (column.name == "customer_id") {
        column.push_integer(static_cast<std::int64_t>(id));
      } else if (column.type == ColumnType::date) {
        column.push_null();
      } else {
        column.push_text(column.name == "customer_key" ? "c" + std::to_string(id) : "");
      }
    }
  }
  return frame;
}

}  // namespace

std::optional<TestOrders> read_rfm_orders() {
  std::ifstream file(kData + "rfm_orders.csv");
  std::string line;
  if (!std::getline(file, line)) {
    return std::nullopt;
  }
  TestOrders orders;
  std::map<std::string, std::uint64_t> ids;
  while (std::getline(file, line)) {
    const std::size_t amount = line.rfind(',');
    const std::size_t day = line.rfind(',', amount - 1);
    const auto id = ids.emplace(line.substr(0, day), ids.size() + 1).first->second;
    orders.push_back({id, *parse_date(line.substr(day + 1, amount - day - 1)),
                      minor_of(line.substr(amount + 1))});
  }
  return orders;
}

std::optional<TestOrders> read_cdnow() {
  std::ifstream file(kData + "cdnow_sample.txt");
  std::string line;
  TestOrders orders;
  while (std::getline(file, line)) {
    std::istringstream words(line);
    std::string master, day, units, amount;
    std::uint64_t id = 0;
    words >> master >> id >> day >> units >> amount;
    const int date = std::stoi(day);
    orders.push_back({id, date_of({date / 10000, date / 100 % 100, date % 100}), minor_of(amount)});
  }
  return orders.empty() ? std::nullopt : std::optional(orders);
}

TestOrders random_orders(std::uint64_t seed) {
  std::mt19937_64 rng(seed);
  const auto below = [&](std::uint64_t bound) { return rng() % bound; };
  TestOrders orders;
  for (std::uint64_t i = 0; i < 400; ++i) {
    TestOrder order;
    order.customer_id = below(12) == 0 ? 0 : 1 + below(1 + below(60));
    order.ordered_on = Date{19900 + static_cast<int>(below(400))};
    order.amount_minor = static_cast<std::int64_t>(below(50)) * 990;
    order.status = 1 + static_cast<int>(below(5));
    order.refund_minor = order.status == 5 ? order.amount_minor
                         : below(8) == 0   ? order.amount_minor / 3
                                           : 0;
    orders.push_back(order);
  }
  return orders;
}

Status put_orders(engine::Engine& engine, const TestOrders& orders) {
  TRY(schema::ensure(engine));
  OrderFrame rows(schema::table("orders"));
  for (std::size_t i = 0; i < orders.size(); ++i) {
    rows.add(orders[i], i);
  }
  TRY(refill(engine, schema::table("orders"), rows.frame));
  return refill(engine, schema::table("customers"), customers_of(orders));
}

}  // namespace huitou::analyses
