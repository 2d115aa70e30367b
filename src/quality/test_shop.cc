#include "quality/test_shop.h"

#include <fmt/format.h>

#include <map>

#include "schema/schema.h"

namespace huitou::quality::testing {
namespace {

constexpr std::int64_t kDaySeconds = 24 * 3600;

/// A table's columns, filled by name; what is not named is empty, 0 or null.
class Rows {
 public:
  explicit Rows(std::string_view table) : spec_(schema::table(table)) {
    for (const engine::TableColumn& column : spec_.columns) {
      const bool text = column.type == "String";
      const bool date = column.type.find("Date") != std::string::npos;
      const bool time = column.type == "DateTime";
      frame_.columns.push_back(make_column(column.name, text   ? ColumnType::text
                                                        : time ? ColumnType::time
                                                        : date ? ColumnType::date
                                                               : ColumnType::integer));
    }
  }
  void text(std::string_view name, const std::string& value) { frame_.at(name).push_text(value); }
  void number(std::string_view name, std::int64_t value) { frame_.at(name).push_integer(value); }
  /// Fills what the row lacks.
  void end() {
    ++rows_;
    for (std::size_t i = 0; i < frame_.columns.size(); ++i) {
      Column& column = frame_.columns[i];
      if (column.size() == rows_) continue;
      if (spec_.columns[i].type.starts_with("Nullable")) {
        column.push_null();
      } else if (column.type == ColumnType::text) {
        column.push_text("");
      } else {
        column.push_integer(0);
      }
    }
  }
  Status put(engine::Engine& engine) {
    TRY(engine.truncate_table(spec_.name));
    if (rows_ == 0) return {};
    TRY(auto inserter, engine.insert(spec_.name, spec_.columns));
    TRY(inserter->write(frame_));
    return inserter->finish();
  }

 private:
  const engine::TableSpec& spec_;
  Frame frame_;
  std::size_t rows_ = 0;
};

Rows order_rows(const TestShop& shop) {
  Rows rows("orders");
  for (const TestOrder& order : shop.orders) {
    rows.text("order_key", order.key);
    rows.number("customer_id", order.customer);
    rows.number("ordered_at",
                (order.day.days + order.clock_days) * kDaySeconds + order.minute * 60);
    rows.number("ordered_on", order.day.days);
    rows.number("status", order.status);
    rows.number("gross_minor", order.gross);
    rows.number("discount_minor", order.discount);
    rows.number("refund_minor", order.refund);
    rows.number("net_minor", order.gross - order.discount - order.refund);
    rows.text("store_key", order.store);
    rows.text("channel", order.channel);
    rows.end();
  }
  return rows;
}

Status put_rest(engine::Engine& engine, const TestShop& shop) {
  Rows lines("order_lines");
  std::map<std::string, const TestOrder*> orders;
  for (const TestOrder& order : shop.orders) orders[order.key] = &order;
  for (const TestLine& line : shop.lines) {
    const TestOrder nowhere{.key = line.order, .customer = 0};
    const auto found = orders.find(line.order);
    const TestOrder& order = found == orders.end() ? nowhere : *found->second;
    lines.text("order_key", line.order);
    lines.number("customer_id", order.customer);
    lines.number("ordered_on", order.day.days);
    lines.number("status", line.status == 0 ? order.status : line.status);
    lines.text("product_key", line.product);
    lines.end();
  }
  TRY(lines.put(engine));
  Rows customers("customers");
  for (const TestCustomer& customer : shop.customers) {
    customers.number("customer_id", customer.id);
    customers.text("customer_key", fmt::format("c{}", customer.id));
    customers.text("name", customer.name);
    if (customer.registered_on) customers.number("registered_on", customer.registered_on->days);
    customers.end();
  }
  TRY(customers.put(engine));
  for (const char* table : {"stores", "products"}) {
    Rows things(table);
    const bool of_stores = std::string_view(table) == "stores";
    for (const std::string& key : of_stores ? shop.stores : shop.products) {
      things.text(of_stores ? "store_key" : "product_key", key);
      things.end();
    }
    TRY(things.put(engine));
  }
  return {};
}

}  // namespace

TestShop clean_shop() {
  TestShop shop;
  for (int id = 1; id <= 120; ++id) {
    shop.customers.push_back({id, fmt::format("Anna {}", id), Date{19900}});
  }
  for (int day = 0; day < 200; ++day) {
    for (int i = 0; i < 7; ++i) {
      const int number = day * 7 + i;
      TestOrder order{.key = fmt::format("o{}", number),
                      .customer = 1 + number % 120,
                      .day = Date{20000 + day},
                      .minute = 607 + i,
                      .gross = 8000 + 100 * (number % 50)};
      if (i == 6) order.store = "s2";
      shop.orders.push_back(order);
      shop.lines.push_back({order.key, i == 0 ? "p2" : "p1"});
    }
  }
  return shop;
}

Status fill(engine::Engine& engine, const TestShop& shop) {
  // On a cluster it takes long to ask whether each table is there.
  TRY(const std::vector<std::string> there, engine.tables());
  if (there.size() < schema::tables().size()) TRY(schema::ensure(engine));
  TRY(order_rows(shop).put(engine));
  return put_rest(engine, shop);
}

}  // namespace huitou::quality::testing
