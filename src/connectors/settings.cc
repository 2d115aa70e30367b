#include "connectors/settings.h"

#include <algorithm>
#include <charconv>

namespace huitou::connectors {
namespace {

const Param* param_of(const Connector& connector, std::string_view name) {
  const auto at = std::find_if(connector.params.begin(), connector.params.end(),
                               [&](const Param& param) { return param.name == name; });
  return at == connector.params.end() ? nullptr : &*at;
}

template <typename Number>
bool is_whole(std::string_view text, Number& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size() && !text.empty();
}

std::string joined(const std::vector<std::string_view>& words) {
  std::string out;
  for (const std::string_view word : words) out.append(out.empty() ? "" : ", ").append(word);
  return out;
}

Error wrong_setting(std::string_view name, const Sentence& why, const Sentence& hint) {
  return {Code::invalid_input, "Setting '" + std::string(name) + "' " + why.en + ".", hint.en,
          "设置项“" + std::string(name) + "”" + why.zh + "。", hint.zh};
}

Status check_value(const Param& param, const std::string& value) {
  double number = 0;
  std::int64_t integer = 0;
  const bool whole = param.type == ParamType::integer;
  if (whole || param.type == ParamType::number) {
    const bool read = whole ? is_whole(value, integer) : is_whole(value, number);
    number = whole ? static_cast<double>(integer) : number;
    const bool bounded = param.at_least < param.at_most;
    if (!read || (bounded && (number < param.at_least || number > param.at_most))) {
      const std::string range = bounded ? std::to_string(std::int64_t(param.at_least)) + " - " +
                                              std::to_string(std::int64_t(param.at_most))
                                        : "";
      return wrong_setting(
          param.name,
          {"is '" + value + "', not a number" + (bounded ? " in " + range : ""),
           "的值“" + value + "”不是" + (bounded ? range + " 之间的" : "") + "数字"},
          {"Give a number.", "请给出数字。"});
    }
  }
  if (param.type == ParamType::choice &&
      std::find(param.choices.begin(), param.choices.end(), value) == param.choices.end()) {
    return wrong_setting(
        param.name, {"is '" + value + "'", "的值是“" + value + "”"},
        {"Give one of: " + joined(param.choices) + ".", "可选：" + joined(param.choices) + "。"});
  }
  return {};
}

std::string_view first_of(const Connector& connector, const Settings& settings,
                          std::string_view name) {
  const auto at = settings.find(name);
  if (at != settings.end() && !at->second.empty()) return at->second.front();
  const Param* param = param_of(connector, name);
  CHECK(param != nullptr);
  return param->fallback;
}

}  // namespace

std::string text_of(const Connector& connector, const Settings& settings, std::string_view name) {
  return std::string(first_of(connector, settings, name));
}

std::int64_t integer_of(const Connector& connector, const Settings& settings,
                        std::string_view name) {
  std::int64_t value = 0;
  CHECK(is_whole(first_of(connector, settings, name), value));
  return value;
}

double number_of(const Connector& connector, const Settings& settings, std::string_view name) {
  double value = 0;
  CHECK(is_whole(first_of(connector, settings, name), value));
  return value;
}

std::vector<std::string> list_of(const Settings& settings, std::string_view name) {
  const auto at = settings.find(name);
  return at == settings.end() ? std::vector<std::string>() : at->second;
}

Status check(const Connector& connector, const Settings& settings) {
  std::vector<std::string_view> names;
  for (const Param& param : connector.params) names.push_back(param.name);
  for (const auto& [name, values] : settings) {
    const Param* param = param_of(connector, name);
    if (param == nullptr) {
      return wrong_setting(name,
                           {"is none of " + std::string(connector.card.name),
                            "不是 " + std::string(connector.card.name) + " 的设置"},
                           {"There are: " + joined(names) + ".", "可用：" + joined(names) + "。"});
    }
    if (values.size() > 1 && !param->repeated) {
      return wrong_setting(name, {"is given more than once", "给了多次"},
                           {"Give it once.", "请只给一次。"});
    }
    for (const std::string& value : values) TRY(check_value(*param, value));
  }
  for (const Param& param : connector.params) {
    const auto at = settings.find(param.name);
    const bool given = at != settings.end() && !at->second.empty() && !at->second.front().empty();
    const bool secret = std::find(connector.secrets.begin(), connector.secrets.end(), param.name) !=
                        connector.secrets.end();
    if (param.required && !given && !secret) {
      return wrong_setting(param.name, {"is missing", "缺失"},
                           {std::string(param.doc.en), std::string(param.doc.zh)});
    }
  }
  return {};
}

std::vector<Param> database_params(std::vector<Param> own) {
  const std::vector<Param> common{
      {.name = "table",
       .doc = {"The table or view to read, `name` or `schema.name`.",
               "要读取的表或视图：`表名` 或 `模式.表名`。"}},
      {.name = "query",
       .doc = {"Instead of a table: one SELECT whose rows are read.",
               "代替表：一条 SELECT 语句，读取其结果。"}},
      {.name = "columns",
       .doc = {"Only these columns; without it all of them.", "只读取这些列；不给则读取全部列。"},
       .repeated = true},
      {.name = "key",
       .doc =
           {"The column (or columns) that names a row and is never null: a cut read goes on there "
            "instead of from the beginning.",
            "唯一标识一行且不为空的列（可多列）：读取中断后从该处继续，而不是从头开始。"},
       .repeated = true},
      {.name = "updated",
       .doc = {"The column with the time of the row's last change: later runs read only what has "
               "changed. Needs `key`.",
               "记录最后修改时间的列：之后的同步只读取有变化的行。需同时给出 `key`。"}},
      {.name = "overlap_seconds",
       .type = ParamType::integer,
       .doc = {"How long a transaction at the source may stay open after it set `updated`: so much "
               "is read again.",
               "源库事务写入 `updated` 后最长多久才提交：每次会重读这段时间的数据。"},
       .fallback = "600",
       .at_least = 0,
       .at_most = 31'536'000},
      {.name = "timeout_seconds",
       .type = ParamType::integer,
       .doc = {"How long one statement may run at the source.",
               "单条语句在源库的最长运行时间（秒）。"},
       .fallback = "3600",
       .at_least = 1,
       .at_most = 86'400},
      {.name = "deletes",
       .type = ParamType::choice,
       .doc = {"What becomes of rows that were deleted at the source: they are kept, or taken away "
               "here too, once a day or with every run (reads the keys of the whole table).",
               "源库中删除的行如何处理：保留（keep），或每天一次（daily）、每次同步（always）在此同"
               "样移除"
               "（会读取全表主键）。"},
       .fallback = "keep",
       .choices = {"keep", "daily", "always"}},
      {.name = "most_deleted_percent",
       .type = ParamType::integer,
       .doc = {"If more rows are gone at once, nothing is taken away and the run says so.",
               "一次消失的行超过该百分比时不移除任何数据，并给出提醒。"},
       .fallback = "10",
       .at_least = 0,
       .at_most = 100},
  };
  own.insert(own.end(), common.begin(), common.end());
  return own;
}

}  // namespace huitou::connectors
