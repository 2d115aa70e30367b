#include <yaml-cpp/yaml.h>

#include <algorithm>
#include <cctype>
#include <iterator>
#include <map>

#include "ingest/delimiters.h"
#include "ingest/head.h"
#include "ingest/mapping.h"

namespace huitou::ingest {
namespace {

/// Names of encodings as people write them: `gbk`, `utf8`.
std::optional<Encoding> encoding_called(std::string name) {
  std::transform(name.begin(), name.end(), name.begin(),
                 [](unsigned char c) { return static_cast<char>(std::toupper(c)); });
  if (name == "GBK" || name == "GB2312") {
    return Encoding::gb18030;
  }
  if (name == "UTF8") {
    return Encoding::utf8;
  }
  return name == "WINDOWS-1252" ? Encoding::windows1252 : parse_encoding(name);
}

/// Reads one mapping file; every error names the file and the line. With `draft`, columns may be
/// missing, and what is wrong with those that are told is a problem there.
class Reader {
 public:
  Reader(const FileInfo& info, const std::string& path, Draft* draft = nullptr)
      : info_(info), path_(path), draft_(draft) {}

  /// After `read`.
  const Told& told() const { return told_; }

  Result<Mapping> read(std::string_view text) {
    try {
      return mapping(YAML::Load(std::string(text)));
    } catch (const YAML::Exception& error) {
      return no_yaml(error);
    }
  }

  Result<ReadOptions> read_reading(std::string_view text) {
    try {
      ReadOptions out;
      const YAML::Node root = YAML::Load(std::string(text));
      for (const auto& item : root.IsMap() ? root : YAML::Node(YAML::NodeType::Map)) {
        TRY(reading(item.first.as<std::string>(), item.second, out));
      }
      return out;
    } catch (const YAML::Exception& error) {
      return no_yaml(error);
    }
  }

 private:
  Error no_yaml(const YAML::Exception& error) const {
    return wrong(error.mark, error.msg, error.msg,
                 "It must be YAML like the file that load writes.",
                 "须为 load 所写的那种 YAML 格式。");
  }

  Error wrong(const YAML::Mark& mark, const std::string& en, const std::string& zh,
              std::string hint, std::string hint_zh) const {
    const std::string line = mark.is_null() ? "1" : std::to_string(mark.line + 1);
    return Error{Code::invalid_input, path_ + " line " + line + ": " + en + ".", std::move(hint),
                 path_ + " 第 " + line + " 行：" + zh + "。", std::move(hint_zh)};
  }

  Result<Mapping> mapping(const YAML::Node& root) {
    if (draft_ != nullptr && root.IsNull()) {
      return nothing_told();
    }
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
          return wrong(
              item.second.Mark(), "there is no table '" + item.second.as<std::string>() + "'",
              "没有名为“" + item.second.as<std::string>() + "”的表",
              "Use orders, lines, order_lines, customers, products, stores, events, tickets or "
              "surveys.",
              "可用：orders、lines、order_lines、customers、products、stores、events、tickets、"
              "surveys。");
        }
        out.table = *table;
        told_.table = table;
      } else if (key == "source") {
        out.source = item.second.as<std::string>();
      } else if (key == "time_zone") {
        out.time_zone = item.second.as<std::string>();
      } else if (key == "currency") {
        out.currency = item.second.as<std::string>();
      } else if (key == "columns") {
        TRY(columns(item.second, out));
      } else {
        TRY(const bool known, reading(key, item.second, out.reading));
        if (known) {
          continue;
        }
        return wrong(item.first.Mark(), "unknown key '" + key + "'", "未知的键“" + key + "”",
                     "Use table, source, time_zone, currency, delimiter, encoding, has_header, "
                     "sheet, columns.",
                     "可用：table、source、time_zone、currency、delimiter、encoding、has_header、"
                     "sheet、columns。");
      }
    }
    if (out.columns.empty() && draft_ != nullptr) {
      out.columns = nothing_told().columns;
    }
    if (out.columns.empty()) {
      return wrong(root.Mark(), "'columns' is missing", "缺少“columns”",
                   "Add 'columns:' with a line '<name of the column>: <field>' for each.",
                   "请添加“columns:”，每列一行“列名: 字段”。");
    }
    return out;
  }

  /// One key of how the file is read; false if it is none of those.
  Result<bool> reading(const std::string& key, const YAML::Node& node, ReadOptions& out) const {
    if (key != "delimiter" && key != "encoding" && key != "has_header" && key != "sheet") {
      return false;
    }
    const std::string value = node.as<std::string>();
    if (key == "delimiter") {
      const auto* known = std::find_if(std::begin(kDelimiters), std::end(kDelimiters),
                                       [&](const auto& one) { return one.name == value; });
      if (known == std::end(kDelimiters)) {
        return wrong(node.Mark(), "'" + value + "' is no delimiter", "“" + value + "”不是分隔符",
                     "Use \",\", \";\", \"|\", tab or blanks.",
                     "可用：\",\"、\";\"、\"|\"、tab、blanks。");
      }
      out.delimiter = known->delimiter;
    } else if (key == "encoding") {
      out.encoding = encoding_called(value);
      if (!out.encoding) {
        return wrong(node.Mark(), "the encoding '" + value + "' is not known",
                     "未知的编码“" + value + "”",
                     "Use UTF-8, GBK, GB18030, Windows-1252, UTF-16LE or UTF-16BE.",
                     "可用：UTF-8、GBK、GB18030、Windows-1252、UTF-16LE、UTF-16BE。");
      }
    } else if (key == "has_header") {
      if (value != "true" && value != "false") {
        return wrong(node.Mark(), "has_header is '" + value + "'",
                     "has_header 的值为“" + value + "”", "Write true or false.",
                     "请写 true 或 false。");
      }
      out.has_header = value == "true";
    } else {
      out.sheet = value;
    }
    return true;
  }

  /// All columns, none of them used.
  Mapping nothing_told() {
    Mapping out;
    for (const std::string& name : info_.columns) {
      out.columns.push_back({name});
    }
    told_.columns.resize(info_.columns.size());
    return out;
  }

  Status columns(const YAML::Node& node, Mapping& out) {
    if (!node.IsMap()) {
      return wrong(node.Mark(), "'columns' must hold lines '<name of the column>: <field>'",
                   "“columns”下应为“列名: 字段”", "See the file that load writes.",
                   "参见 load 所写的文件。");
    }
    out.columns = nothing_told().columns;
    std::map<Field, std::string> used;
    for (const auto& item : node) {
      const std::string name = item.first.as<std::string>();
      const auto place = std::find(info_.columns.begin(), info_.columns.end(), name);
      if (place == info_.columns.end() && draft_ != nullptr) {
        draft_->problems.push_back(no_such_column(name));
        continue;
      }
      if (place == info_.columns.end()) {
        return wrong(item.first.Mark(), "the file has no column '" + name + "'",
                     "文件中没有列“" + name + "”", "It has: " + join_names(info_.columns) + ".",
                     "文件的列：" + join_names(info_.columns) + "。");
      }
      const auto at = static_cast<std::size_t>(place - info_.columns.begin());
      ColumnMapping& column = out.columns[at];
      TRY(one_column(item.second, column));
      told_.columns[at] = true;
      const auto [other, first] = used.emplace(column.field, name);
      if (column.field != Field::ignore && !first) {
        const std::string field(field_name(column.field));
        if (draft_ != nullptr) {
          draft_->problems.push_back(two_columns(column, other->second));
          continue;
        }
        return wrong(item.second.Mark(), "the field '" + field + "' is given to two columns",
                     "字段“" + field + "”被指定给两列", "Set one of them to ignore.",
                     "请把其中一列设为 ignore。");
      }
    }
    return {};
  }

  static Problem no_such_column(const std::string& name) {
    return {.code = "no_such_column",
            .severity = "error",
            .blocks = true,
            .column = name,
            .text = {"There is no column '" + name + "' any more.", "已没有列“" + name + "”。"}};
  }

  static Problem two_columns(const ColumnMapping& column, const std::string& other) {
    const Words label = field_label(column.field);
    return {.code = "two_columns",
            .severity = "error",
            .blocks = true,
            .column = column.column,
            .field = std::string(field_name(column.field)),
            .text = {"'" + other + "' and '" + column.column + "' have the same meaning: " +
                         std::string(label.en) + ". Only one column can have it.",
                     "“" + other + "”和“" + column.column + "”的含义相同：" +
                         std::string(label.zh) + "。只能有一列。"}};
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
  Draft* draft_;
  Told told_;
};

}  // namespace

Result<Mapping> from_yaml(std::string_view text, const FileInfo& info, const std::string& path) {
  return Reader(info, path).read(text);
}

Result<Draft> draft_from_yaml(std::string_view text, const FileInfo& info,
                              const std::string& path) {
  Draft draft;
  Reader reader(info, path, &draft);
  TRY(draft.mapping, reader.read(text));
  fill_in(info, reader.told(), draft.mapping);
  return draft;
}

Result<ReadOptions> reading_from_yaml(std::string_view text, const std::string& path) {
  return Reader(FileInfo{}, path).read_reading(text);
}

}  // namespace huitou::ingest
