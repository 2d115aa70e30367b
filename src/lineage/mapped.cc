#include "lineage/mapped.h"

#include <yaml-cpp/yaml.h>

#include <algorithm>

namespace huitou::lineage {
namespace {

/// Canonical columns that a field of a mapping is written to, as the load does it: in `tables`
/// (letters of o = orders, l = order_lines, c = customers, i = identities, p = products, s =
/// stores).
struct Written {
  std::string_view field;
  std::string_view columns;
};

constexpr Written kOrders[] = {{"order_key", "o.order_key"},
                               {"customer_key", "o.customer_id c.customer_key i.key"},
                               {"customer_name", "c.name"},
                               {"ordered_at", "o.ordered_at o.ordered_on"},
                               {"ordered_time", "o.ordered_at"},
                               {"status", "o.status"},
                               {"gross", "o.gross_minor o.net_minor"},
                               {"discount", "o.discount_minor o.net_minor"},
                               {"paid", "o.gross_minor o.discount_minor o.net_minor"},
                               {"refund", "o.refund_minor o.net_minor"},
                               {"net", "o.gross_minor o.refund_minor o.net_minor"},
                               {"order_paid", "o.gross_minor o.discount_minor o.net_minor"},
                               {"cost", "o.cost_minor o.own_cost_minor"},
                               {"units", "o.units_milli"},
                               {"quantity", "o.units_milli"},
                               {"channel", "o.channel"},
                               {"store_key", "o.store_key s.store_key"},
                               {"store_name", "s.name"},
                               {"region", "o.region"},
                               {"campaign", "o.campaign"},
                               {"phone", "i.key"},
                               {"email", "i.key"},
                               {"unionid", "i.key"},
                               {"openid", "i.key"},
                               {"device", "i.key"}};
constexpr Written kLines[] = {{"order_key", "l.order_key"},
                              {"line_number", "l.line_number"},
                              {"customer_key", "l.customer_id"},
                              {"ordered_at", "l.ordered_on"},
                              {"status", "l.status"},
                              {"product_key", "l.product_key p.product_key o.cost_minor"},
                              {"product_name", "p.name"},
                              {"category", "l.category p.category"},
                              {"brand", "p.brand"},
                              {"quantity", "l.quantity_milli o.cost_minor"},
                              {"cost", "l.own_cost_minor o.cost_minor"},
                              {"price", "l.price_minor"},
                              {"gross", "l.gross_minor l.net_minor"},
                              {"discount", "l.net_minor"},
                              {"paid", "l.net_minor"},
                              {"refund", "l.net_minor"},
                              {"net", "l.net_minor"},
                              {"channel", "l.channel"},
                              {"store_key", "l.store_key"},
                              {"region", "l.region"},
                              {"campaign", "l.campaign"}};
constexpr Written kCustomers[] = {{"customer_key", "c.customer_id c.customer_key i.key"},
                                  {"id", "c.customer_id c.customer_key i.key"},
                                  {"name", "c.name"},
                                  {"customer_name", "c.name"},
                                  {"region", "c.region"},
                                  {"channel", "c.channel"},
                                  {"registered_on", "c.registered_on"},
                                  {"birthday", "c.birthday"},
                                  {"phone", "i.key"},
                                  {"email", "i.key"},
                                  {"unionid", "i.key"},
                                  {"openid", "i.key"},
                                  {"device", "i.key"}};
constexpr Written kProducts[] = {
    {"product_key", "p.product_key"},     {"id", "p.product_key"},    {"name", "p.name"},
    {"product_name", "p.name"},           {"category", "p.category"}, {"brand", "p.brand"},
    {"cost", "p.cost_minor o.cost_minor"}};
constexpr Written kStores[] = {{"store_key", "s.store_key"},
                               {"id", "s.store_key"},
                               {"name", "s.name"},
                               {"store_name", "s.name"},
                               {"region", "s.region"}};

std::string table_of(char letter) {
  switch (letter) {
    case 'o':
      return "orders";
    case 'l':
      return "order_lines";
    case 'c':
      return "customers";
    case 'i':
      return "identities";
    case 'p':
      return "products";
    default:
      return "stores";
  }
}

void add_columns(std::span<const Written> written, std::string_view field,
                 std::vector<std::string>& out) {
  for (const Written& one : written) {
    if (one.field != field) continue;
    std::string_view list = one.columns;
    while (!list.empty()) {
      const std::size_t end = std::min(list.find(' '), list.size());
      out.push_back(table_of(list[0]) + std::string(list.substr(1, end - 1)));
      list.remove_prefix(std::min(end + 1, list.size()));
    }
  }
}

std::vector<std::string> columns_of_field(const std::string& table, const std::string& field) {
  std::vector<std::string> columns;
  if (table == "orders" || table == "lines") add_columns(kOrders, field, columns);
  if (table == "lines" || table == "order_lines") add_columns(kLines, field, columns);
  if (table == "customers") add_columns(kCustomers, field, columns);
  if (table == "products") add_columns(kProducts, field, columns);
  if (table == "stores") add_columns(kStores, field, columns);
  return columns;
}

void add_file(const MappedFile& file, Edges& edges) {
  const YAML::Node mapping = YAML::Load(file.mapping);
  const std::string table = mapping["table"].as<std::string>("");
  for (const auto& entry : mapping["columns"]) {
    const YAML::Node& meaning = entry.second;
    const std::string field =
        meaning.IsMap() ? meaning["field"].as<std::string>("") : meaning.as<std::string>("");
    const Node source{"source_column", file.name + ": " + entry.first.as<std::string>("")};
    for (const std::string& column : columns_of_field(table, field)) {
      edges.push_back({source, {"column", column}});
      edges.push_back({{"file", file.name}, source});
    }
  }
}

}  // namespace

Edges mapped_edges(std::span<const MappedFile> files) {
  Edges edges;
  for (const MappedFile& file : files) {
    try {
      add_file(file, edges);
    } catch (const YAML::Exception&) {
      continue;
    }
  }
  std::sort(edges.begin(), edges.end());
  edges.erase(std::unique(edges.begin(), edges.end()), edges.end());
  return edges;
}

}  // namespace huitou::lineage
