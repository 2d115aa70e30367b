#include <algorithm>
#include <vector>

#include "schema/schema.h"

namespace huitou::schema {
namespace {

using engine::TableSpec;

constexpr const char* kByMonth = "toYYYYMM(ordered_on)";

/// A person.
TableSpec customers_table() {
  return {"customers",
          {{"customer_id", "UInt64"},
           {"customer_key", "String"},
           {"name", "String"},
           {"region", "String"},
           {"channel", "String"},
           {"registered_on", "Nullable(Date)"},
           {"birthday", "Nullable(Date)"},
           {"source", "String"}},
          "",
          "customer_id",
          "customer_id"};
}

/// A key of a source system that belongs to a customer.
TableSpec identities_table() {
  return {"identities",
          {{"customer_id", "UInt64"}, {"kind", "String"}, {"key", "String"}, {"source", "String"}},
          "",
          "(kind, key)",
          "customer_id"};
}

/// An order.
TableSpec orders_table() {
  return {"orders",
          {{"order_key", "String"},
           {"customer_id", "UInt64"},
           {"ordered_at", "DateTime"},
           {"ordered_on", "Date"},
           {"status", "UInt8"},
           {"gross_minor", "Int64"},
           {"discount_minor", "Int64"},
           {"refund_minor", "Int64"},
           {"net_minor", "Int64"},
           {"cost_minor", "Nullable(Int64)"},
           {"units_milli", "Nullable(Int64)"},
           {"lines", "UInt32"},
           {"channel", "String"},
           {"store_key", "String"},
           {"region", "String"},
           {"campaign", "String"},
           {"source", "String"}},
          kByMonth,
          "(customer_id, ordered_at, order_key)",
          "customer_id"};
}

/// A product in an order.
TableSpec order_lines_table() {
  return {"order_lines",
          {{"order_key", "String"},
           {"line_number", "UInt32"},
           {"customer_id", "UInt64"},
           {"ordered_on", "Date"},
           {"status", "UInt8"},
           {"product_key", "String"},
           {"category", "String"},
           {"quantity_milli", "Int64"},
           {"price_minor", "Int64"},
           {"gross_minor", "Int64"},
           {"net_minor", "Int64"},
           {"channel", "String"},
           {"store_key", "String"},
           {"region", "String"},
           {"campaign", "String"},
           {"source", "String"}},
          kByMonth,
          "(customer_id, ordered_on, order_key, line_number)",
          "customer_id"};
}

/// A product.
TableSpec products_table() {
  return {"products",
          {{"product_key", "String"},
           {"name", "String"},
           {"category", "String"},
           {"brand", "String"},
           {"cost_minor", "Nullable(Int64)"},
           {"source", "String"}},
          "",
          "product_key",
          "product_key"};
}

/// A point of sale.
TableSpec stores_table() {
  return {"stores",
          {{"store_key", "String"}, {"name", "String"}, {"region", "String"}, {"source", "String"}},
          "",
          "store_key",
          "store_key"};
}

/// A row or file that broke a rule.
TableSpec findings_table() {
  return {"findings",
          {{"load_id", "UInt64"},
           {"found_at", "DateTime"},
           {"source", "String"},
           {"file", "String"},
           {"line", "UInt64"},
           {"field", "String"},
           {"value", "String"},
           {"rule", "String"},
           {"severity", "String"},
           {"action", "String"},
           {"message_en", "String"},
           {"message_zh", "String"}},
          "",
          "(load_id, line)",
          "load_id"};
}

const std::vector<TableSpec>& specs() {
  static const std::vector<TableSpec> kSpecs{
      customers_table(), identities_table(), orders_table(),  order_lines_table(),
      products_table(),  stores_table(),     findings_table()};
  return kSpecs;
}

bool same_columns(const std::vector<engine::TableColumn>& found,
                  const std::vector<engine::TableColumn>& wanted) {
  return std::equal(
      found.begin(), found.end(), wanted.begin(), wanted.end(),
      [](const auto& a, const auto& b) { return a.name == b.name && a.type == b.type; });
}

}  // namespace

std::span<const engine::TableSpec> tables() { return specs(); }

const engine::TableSpec& table(std::string_view name) {
  for (const TableSpec& spec : specs()) {
    if (spec.name == name) {
      return spec;
    }
  }
  throw Bug("there is no table '" + std::string(name) + "'");
}

Status ensure(engine::Engine& engine) {
  for (const TableSpec& spec : specs()) {
    TRY(engine.create_table(spec));
    TRY(const auto found, engine.columns_of(spec.name));
    if (!same_columns(found, spec.columns)) {
      return Error{Code::conflict,
                   "The table '" + spec.name + "' has other columns than this version of huitou.",
                   "Load the files into a new home.",
                   "表“" + spec.name + "”的列与当前版本的 huitou 不一致。",
                   "请把文件重新加载到一个新的目录。"};
    }
  }
  return {};
}

}  // namespace huitou::schema
