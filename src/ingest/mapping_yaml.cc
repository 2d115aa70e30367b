#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <set>

#include "ingest/mapping.h"

namespace huitou::ingest {
namespace {

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
    }
    if (c == '\n' || c == '\r' || c == '\t') {
      out += c == '\t' ? "\\t" : "\\n";
    } else {
      out += c;
    }
  }
  return out + "\"";
}

std::string join_names(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) {
    out += (out.empty() ? "" : ", ") + name;
  }
  return out;
}

bool is_date(Field field) {
  return field == Field::ordered_at || field == Field::registered_on || field == Field::birthday;
}

bool is_number(Field field) {
  return (field >= Field::gross && field <= Field::units) || field == Field::quantity ||
         field == Field::price;
}

std::string column_yaml(const ColumnMapping& column) {
  std::string value = std::string(field_name(column.field));
  std::string extras;
  if (is_date(column.field)) {
    extras += ", date: " + std::string(date_shape_name(column.date.shape));
  }
  if (is_number(column.field) && column.number.decimal != '.') {
    extras += ", decimal: \",\"";
  }
  if (column.whole_units) {
    extras += ", whole_units: true";
  }
  if (!extras.empty()) {
    value = "{field: " + value + extras + "}";
  }
  return "  " + quoted(column.column) + ": " + value + "\n";
}

/// Reads one mapping file; every error names the file and the line.
class Reader {
 public:
  Reader(const FileInfo& info, const std::string& path) : info_(info), path_(path) {}

  Result<Mapping> read(std::string_view text) {
    try {
      return mapping(YAML::Load(std::string(text)));
    } catch (const YAML::Exception& error) {
      return wrong(error.mark, error.msg, error.msg,
                   "It must be YAML like the file that load writes.",
                   "须为 load 所写的那种 YAML 格式。");
    }
  }

 private:
  Error wrong(const YAML::Mark& mark, const std::string& en, const std::string& zh,
              std::string hint, std::string hint_zh) const {
    const std::string line = mark.is_null() ? "1" : std::to_string(mark.line + 1);
    return Error{Code::invalid_input, path_ + " line " + line + ": " + en + ".", std::move(hint),
                 path_ + " 第 " + line + " 行：" + zh + "。", std::move(hint_zh)};
  }

  Result<Mapping> mapping(const YAML::Node& root) const {
    if (!root.IsMap()) {
      return wrong(root.Mark(), "a mapping is needed", "应为键值映射",
                   "Begin with 'table: orders'.", "请以“table: orders”开头。");
    }
    Mapping out;
    for (const auto& item : root) {
      const std::string key = item.first.as<std::string>();
      if (key == "table") {
        const std::optional<Table> table = parse_table(item.second.as<std::string>());
        if (!table) {
          return wrong(item.second.Mark(),
                       "there is no table '" + item.second.as<std::string>() + "'",
                       "没有名为“" + item.second.as<std::string>() + "”的表",
                       "Use orders, lines, order_lines, customers, products or stores.",
                       "可用：orders、lines、order_lines、customers、products、stores。");
        }
        out.table = *table;
      } else if (key == "source") {
        out.source = item.second.as<std::string>();
      } else if (key == "time_zone") {
        out.time_zone = item.second.as<std::string>();
      } else if (key == "currency") {
        out.currency = item.second.as<std::string>();
      } else if (key == "columns") {
        TRY(columns(item.second, out));
      } else {
        return wrong(item.first.Mark(), "unknown key '" + key + "'", "未知的键“" + key + "”",
                     "Use table, source, time_zone, currency, columns.",
                     "可用：table、source、time_zone、currency、columns。");
      }
    }
    if (out.columns.empty()) {
      return wrong(root.Mark(), "'columns' is missing", "缺少“columns”",
                   "Add 'columns:' with a line '<name of the column>: <field>' for each.",
                   "请添加“columns:”，每列一行“列名: 字段”。");
    }
    return out;
  }

  Status columns(const YAML::Node& node, Mapping& out) const {
    if (!node.IsMap()) {
      return wrong(node.Mark(), "'columns' must hold lines '<name of the column>: <field>'",
                   "“columns”下应为“列名: 字段”", "See the file that load writes.",
                   "参见 load 所写的文件。");
    }
    for (const std::string& name : info_.columns) {
      out.columns.push_back({name});
    }
    std::set<Field> used;
    for (const auto& item : node) {
      const std::string name = item.first.as<std::string>();
      const auto place = std::find(info_.columns.begin(), info_.columns.end(), name);
      if (place == info_.columns.end()) {
        return wrong(item.first.Mark(), "the file has no column '" + name + "'",
                     "文件中没有列“" + name + "”", "It has: " + join_names(info_.columns) + ".",
                     "文件的列：" + join_names(info_.columns) + "。");
      }
      ColumnMapping& column = out.columns[static_cast<std::size_t>(place - info_.columns.begin())];
      TRY(one_column(item.second, column));
      if (column.field != Field::ignore && !used.insert(column.field).second) {
        const std::string field(field_name(column.field));
        return wrong(item.second.Mark(), "the field '" + field + "' is given to two columns",
                     "字段“" + field + "”被指定给两列", "Set one of them to ignore.",
                     "请把其中一列设为 ignore。");
      }
    }
    return {};
  }

  Status one_column(const YAML::Node& node, ColumnMapping& column) const {
    const bool is_map = node.IsMap();
    const YAML::Node field_node = is_map ? node["field"] : node;
    if (!field_node || !field_node.IsScalar()) {
      return wrong(node.Mark(), "the column needs a field", "该列需要指定字段",
                   "Write '<column>: order_key' or the like.", "请写“列名: order_key”之类。");
    }
    const std::optional<Field> field = parse_field(field_node.as<std::string>());
    if (!field || *field == Field::id) {
      std::string names;
      for (std::size_t i = 0; i + 1 < kFields; ++i) {
        names += (i == 0 ? "" : ", ") + std::string(field_name(static_cast<Field>(i)));
      }
      return wrong(field_node.Mark(), "there is no field '" + field_node.as<std::string>() + "'",
                   "没有名为“" + field_node.as<std::string>() + "”的字段", "Fields: " + names + ".",
                   "可用字段：" + names + "。");
    }
    column.field = *field;
    column.confidence = 1;
    column.reasons = {{"the mapping file says so", "由映射文件指定"}};
    return is_map ? formats(node, column) : guess_one(column);
  }

  Status guess_one(ColumnMapping& column) const {
    Mapping all;
    for (const std::string& name : info_.columns) {
      all.columns.push_back({name});
      if (name == column.column) {
        all.columns.back().field = column.field;
      }
    }
    guess_formats(info_, all);
    for (const ColumnMapping& guessed : all.columns) {
      if (guessed.column == column.column) {
        column.date = guessed.date;
        column.number = guessed.number;
      }
    }
    return {};
  }

  Status formats(const YAML::Node& node, ColumnMapping& column) const {
    TRY(guess_one(column));
    for (const auto& item : node) {
      const std::string key = item.first.as<std::string>();
      if (key == "field") {
        continue;
      }
      const std::string value = item.second.as<std::string>();
      if (key == "date") {
        const std::optional<DateShape> shape = parse_date_shape(value);
        if (!shape) {
          return wrong(
              item.second.Mark(), "there is no way to write dates called '" + value + "'",
              "没有名为“" + value + "”的日期写法",
              "Use year_first, compact, month_first, day_first, month_name, excel_serial, "
              "unix_seconds or unix_millis.",
              "可用：year_first、compact、month_first、day_first、month_name、excel_serial、"
              "unix_seconds、unix_millis。");
        }
        column.date = DateFormat{.shape = *shape};
      } else if (key == "decimal" && (value == "." || value == ",")) {
        column.number.decimal = value[0];
      } else if (key == "whole_units" && (value == "true" || value == "false")) {
        column.whole_units = value == "true";
      } else {
        return wrong(item.first.Mark(), "'" + key + ": " + value + "' is not known",
                     "无法识别“" + key + ": " + value + "”",
                     "Use date, decimal ('.' or ',') or whole_units (true or false).",
                     "可用：date、decimal（'.' 或 ','）、whole_units（true 或 false）。");
      }
    }
    return {};
  }

  const FileInfo& info_;
  const std::string& path_;
};

}  // namespace

std::string to_yaml(const Mapping& mapping, const FileInfo&) {
  std::string out =
      "# What each column of the file means. Correct what is wrong and load the file again with "
      "it.\n"
      "# 文件各列的含义。如有错误请修改，然后重新加载。\n";
  out += "table: " + std::string(table_name(mapping.table)) +
         (mapping.reason.en.empty() ? "" : "  # " + mapping.reason.en) + "\n";
  for (const auto& [key, value] : {std::pair{"source", mapping.source},
                                   {"time_zone", mapping.time_zone},
                                   {"currency", mapping.currency}}) {
    if (!value.empty()) {
      out += std::string(key) + ": " + quoted(value) + "\n";
    }
  }
  out += "columns:\n";
  for (const ColumnMapping& column : mapping.columns) {
    out += column_yaml(column);
  }
  return out;
}

Result<Mapping> from_yaml(std::string_view text, const FileInfo& info, const std::string& path) {
  return Reader(info, path).read(text);
}

Status check(const Mapping& mapping, const FileInfo& info) {
  std::string en;
  std::string zh;
  const auto need = [&](bool there, std::string_view name_en, std::string_view name_zh) {
    if (!there) {
      en += (en.empty() ? "" : ", ") + std::string(name_en);
      zh += (zh.empty() ? "" : "、") + std::string(name_zh);
    }
  };
  const bool amount =
      mapping.has(Field::paid) || mapping.has(Field::gross) || mapping.has(Field::net);
  const bool priced =
      mapping.has(Field::price) && (mapping.has(Field::quantity) || mapping.has(Field::units));
  switch (mapping.table) {
    case Table::orders:
      need(mapping.has(Field::ordered_at), "the date of the order (ordered_at)",
           "下单日期（ordered_at）");
      need(amount || priced, "an amount (paid)", "金额（paid）");
      break;
    case Table::lines:
      need(mapping.has(Field::ordered_at), "the date of the order (ordered_at)",
           "下单日期（ordered_at）");
      [[fallthrough]];
    case Table::order_lines:
      need(mapping.has(Field::order_key), "the order number (order_key)", "订单编号（order_key）");
      need(amount || priced, "an amount (paid) or price and quantity", "金额（paid）或单价与数量");
      break;
    case Table::customers:
      need(mapping.has(Field::customer_key), "the key of the customer (customer_key)",
           "客户标识（customer_key）");
      break;
    case Table::products:
      need(mapping.has(Field::product_key), "the product number (product_key)",
           "商品编号（product_key）");
      break;
    case Table::stores:
      need(mapping.has(Field::store_key), "the key of the store (store_key)",
           "门店标识（store_key）");
      break;
  }
  if (en.empty()) {
    return {};
  }
  return Error{
      Code::invalid_input,
      info.path + ": no column was found for " + en +
          "; the columns are: " + join_names(info.columns) + ".",
      "Name the columns in a mapping file and give it with --mapping.",
      info.path + "：没有找到" + zh + "对应的列；文件的列：" + join_names(info.columns) + "。",
      "请在映射文件中指定各列，并用 --mapping 给出。"};
}

}  // namespace huitou::ingest
