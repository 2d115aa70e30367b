#include "sync/mapping_text.h"

#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <algorithm>

namespace huitou::sync {
namespace {

std::string field_of(const YAML::Node& node) {
  const YAML::Node field = node.IsMap() ? node["field"] : node;
  return field && field.IsScalar() ? field.as<std::string>() : "";
}

Error no_mapping(const std::string& why) {
  return {Code::invalid_input, fmt::format("The mapping cannot be read: {}.", why),
          "Begin with 'table: orders' and 'columns:', as `huitou sources show` writes it.",
          fmt::format("无法读取映射：{}。", why),
          "请以“table: orders”和“columns:”开头，格式同 `huitou sources show` 的输出。"};
}

std::string joined(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "'" : ", '") + name + "'";
  return out;
}

}  // namespace

Result<MappingText> read_mapping(const std::string& yaml) {
  try {
    const YAML::Node root = YAML::Load(yaml);
    if (!root.IsMap() || !root["columns"] || !root["columns"].IsMap()) return no_mapping("columns");
    MappingText out;
    out.table = root["table"] ? root["table"].as<std::string>() : "orders";
    for (const auto& item : root["columns"]) {
      out.columns.push_back({item.first.as<std::string>(), field_of(item.second)});
    }
    return out;
  } catch (const YAML::Exception& error) {
    return no_mapping(error.what());
  }
}

Result<std::string> fitting(const std::string& yaml, const std::vector<std::string>& columns,
                            std::string_view source) {
  TRY(const MappingText mapping, read_mapping(yaml));
  std::vector<std::string> gone;
  std::vector<std::string> unused;
  for (const MappedColumn& column : mapping.columns) {
    if (std::find(columns.begin(), columns.end(), column.column) != columns.end()) continue;
    (column.field == "ignore" ? unused : gone).push_back(column.column);
  }
  if (!gone.empty()) {
    return Error{
        Code::invalid_input,
        fmt::format("Source '{}' has no column {} any more, which its mapping uses; nothing "
                    "was loaded.",
                    source, joined(gone)),
        fmt::format("It has {}: correct the mapping, or bring the column back.", joined(columns)),
        fmt::format("数据源“{}”已没有映射所用的列 {}；未加载任何数据。", source, joined(gone)),
        fmt::format("现有列：{}。请修改映射，或恢复该列。", joined(columns))};
  }
  if (unused.empty()) return yaml;
  YAML::Node root = YAML::Load(yaml);
  YAML::Node named = root["columns"];
  for (const std::string& name : unused) named.remove(name);
  return YAML::Dump(root) + "\n";
}

Status check_keys(const MappingText& mapping, std::string_view source) {
  const auto need = [&](std::string_view field) -> Status {
    const bool there =
        std::any_of(mapping.columns.begin(), mapping.columns.end(),
                    [&](const MappedColumn& column) { return column.field == field; });
    if (there) return {};
    return Error{
        Code::invalid_input,
        fmt::format("Source '{}' gives {} without {}: rows may be read more than once, and "
                    "only a key tells that they are the same.",
                    source, mapping.table, field),
        fmt::format("Map a column to {}.", field),
        fmt::format("数据源“{}”的 {} 没有 {}：数据可能被重复读取，只有标识能判断是否同一行。",
                    source, mapping.table, field),
        fmt::format("请把一列映射为 {}。", field)};
  };
  if (mapping.table == "orders") return need("order_key");
  if (mapping.table == "lines" || mapping.table == "order_lines") return need("line_number");
  return {};
}

}  // namespace huitou::sync
