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
        {"gross_minor", order.amount_minor + order.discount_minor},
        {"discount_minor", order.discount_minor},
        {"quantity_milli", order.units_milli.value_or(1000)},
        {"refund_minor", order.refund_minor},
        {"net_minor", order.amount_minor - order.refund_minor}};
    for (Column& column : frame.columns) {
      if (column.name == "order_key") {
        column.push_text("o" + std::to_string(number));
      } else if (column.type == ColumnType::text) {
        column.push_text(column.name == "channel"       ? order.channel
                         : column.name == "category"    ? order.category
                         : column.name == "product_key" ? order.product
                                                        : "");
      } else if (column.name == "units_milli" && order.units_milli.has_value()) {
        column.push_integer(*order.units_milli);
      } else if (column.name == "cost_minor" && order.cost_minor.has_value()) {
        column.push_integer(*order.cost_minor);
      } else if (column.name == "own_cost_minor" && own_cost_of_line(order)) {
        column.push_integer(*own_cost_of_line(order));
      } else if (column.name == "cost_minor" || column.name == "own_cost_minor" ||
                 column.name == "units_milli") {
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

Frame products_of(const TestOrders& orders) {
  std::set<std::string> products;
  for (const TestOrder& order : orders) {
    products.insert(order.product);
  }
  products.erase("");
  Frame frame;
  for (const engine::TableColumn& column : schema::table("products").columns) {
    const bool text = column.type == "String";
    frame.columns.push_back(
        make_column(column.name, text ? ColumnType::text : ColumnType::integer));
  }
  for (const std::string& product : products) {
    for (Column& column : frame.columns) {
      const auto cost = cost_of_product(product);
      if (column.type == ColumnType::text) {
        column.push_text(column.name == "product_key" ? product
                         : column.name == "name"      ? "Product " + product
                                                      : "");
      } else if (cost.has_value()) {
        column.push_integer(*cost);
      } else {
        column.push_null();
      }
    }
  }
  return frame;
}

}  // namespace

std::optional<std::int64_t> own_cost_of_line(const TestOrder& order) {
  return order.amount_minor % 7 == 0 ? std::optional(order.amount_minor / 3) : std::nullopt;
}

std::optional<std::int64_t> cost_of_product(const std::string& product) {
  const std::int64_t number = std::stoll(product.substr(1));
  return number == 3 ? std::nullopt : std::optional(number * 300);
}

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
    orders.back().units_milli = std::stoll(units) * 1000;
  }
  return orders.empty() ? std::nullopt : std::optional(orders);
}

TestOrders random_orders(std::uint64_t seed) {
  std::mt19937_64 rng(seed);
  std::mt19937_64 more(seed + 1000);
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
    if (below(10) != 0) {
      order.units_milli = 1000 * static_cast<std::int64_t>(1 + below(4));
    }
    constexpr const char* kChannels[] = {"", "shop", "web"};
    constexpr const char* kCategories[] = {"", "tea", "cups", "sweets"};
    order.channel = kChannels[below(3)];
    order.category = kCategories[below(4)];
    order.product = "p" + std::to_string(more() % 12);
    if (more() % 8 != 0) {
      order.cost_minor = static_cast<std::int64_t>(more() % 20) * 990;
    }
    order.discount_minor = more() % 3 == 0 ? static_cast<std::int64_t>(more() % 9) * 110 : 0;
    orders.push_back(order);
  }
  return orders;
}

namespace {

/// A ticket and an answer to the NPS question of sixty customers every tenth day, whatever the
/// orders are; none in a shop without orders.
struct Contacts {
  Frame tickets;
  Frame answers;
};

Column column_of(const engine::TableColumn& column) {
  const bool text = column.type == "String";
  const bool day = column.type == "Date" || column.type == "Nullable(Date)";
  const bool time = column.type.find("DateTime") != std::string::npos;
  return make_column(column.name, text   ? ColumnType::text
                                  : time ? ColumnType::time
                                  : day  ? ColumnType::date
                                         : ColumnType::integer);
}

void add_contact(Frame& frame, std::int64_t customer, std::int64_t day) {
  for (Column& column : frame.columns) {
    if (column.type == ColumnType::text) {
      const bool key = column.name.ends_with("_key") && column.name != "store_key";
      column.push_text(key ? std::to_string(customer) + "-" + std::to_string(day)
                       : column.name == "kind" ? "nps"
                                               : "");
    } else if (column.type == ColumnType::time) {
      column.push_integer(day * 24 * 3600);
    } else {
      column.push_integer(column.type == ColumnType::date ? day
                          : column.name == "customer_id"  ? customer
                          : column.name == "is_complaint" ? customer % 2
                          : column.name == "satisfaction" ? 1 + customer % 5
                                                          : (customer + day / 10) % 11);
    }
  }
}

Contacts contacts_of(const TestOrders& orders) {
  Contacts contacts;
  for (const engine::TableColumn& column : schema::table("tickets").columns) {
    contacts.tickets.columns.push_back(column_of(column));
  }
  for (const engine::TableColumn& column : schema::table("surveys").columns) {
    contacts.answers.columns.push_back(column_of(column));
  }
  for (std::int64_t customer = 1; customer <= 60 && !orders.empty(); ++customer) {
    for (std::int64_t day = 19900 + customer % 10; day < 20300; day += 10) {
      add_contact(contacts.tickets, customer, day);
      add_contact(contacts.answers, customer, day);
    }
  }
  return contacts;
}

}  // namespace

Status put_orders(engine::Engine& engine, const TestOrders& orders) {
  TRY(schema::ensure(engine));
  OrderFrame rows(schema::table("orders"));
  for (std::size_t i = 0; i < orders.size(); ++i) {
    rows.add(orders[i], i);
  }
  TRY(refill(engine, schema::table("orders"), rows.frame));
  OrderFrame lines(schema::table("order_lines"));
  for (std::size_t i = 0; i < orders.size(); ++i) {
    if (!orders[i].category.empty() || !orders[i].product.empty()) {
      lines.add(orders[i], i);
    }
  }
  TRY(refill(engine, schema::table("order_lines"), lines.frame));
  TRY(refill(engine, schema::table("products"), products_of(orders)));
  const Contacts contacts = contacts_of(orders);
  TRY(refill(engine, schema::table("tickets"), contacts.tickets));
  TRY(refill(engine, schema::table("surveys"), contacts.answers));
  return refill(engine, schema::table("customers"), customers_of(orders));
}

Status put_rows(engine::Engine& engine, std::string_view table, const std::vector<TestRow>& rows) {
  const engine::TableSpec& spec = schema::table(table);
  Frame frame;
  for (const engine::TableColumn& card : spec.columns) {
    Column& column = frame.columns.emplace_back(column_of(card));
    for (const TestRow& row : rows) {
      const auto found = row.find(card.name);
      if (found != row.end()) {
        column.push_integer(found->second);
      } else if (card.type.starts_with("Nullable")) {
        column.push_null();
      } else if (column.type == ColumnType::text) {
        column.push_text("");
      } else {
        column.push_integer(0);
      }
    }
  }
  return refill(engine, spec, frame);
}

}  // namespace huitou::analyses
