// What became of the files of a load, as an answer.

#include <fmt/format.h>

#include "commands/rows.h"

namespace huitou::commands {
namespace {

void push_day(Column& column, const std::optional<Date>& day) {
  day ? column.push_integer(day->days) : column.push_null();
}

void push_row(Frame& frame, const ingest::Loaded& loaded) {
  const auto text = [&](const char* name, const std::string& value) {
    frame.at(name).push_text(value);
  };
  const auto number = [&](const char* name, std::uint64_t value) {
    frame.at(name).push_integer(static_cast<std::int64_t>(value));
  };
  text("file", loaded.path);
  text("table", loaded.table);
  text("state", loaded.unchanged ? "unchanged" : "loaded");
  number("load_id", loaded.load_id);
  number("rows_read", loaded.rows_read);
  number("rows_loaded", loaded.rows_loaded);
  number("rows_left_out", loaded.rows_left_out);
  number("orders", loaded.orders);
  number("lines", loaded.lines);
  number("customers", loaded.customers);
  number("new_customers", loaded.new_customers);
  push_day(frame.at("first_day"), loaded.first_day);
  push_day(frame.at("last_day"), loaded.last_day);
  text("mapping", loaded.mapping_path);
}

Words action_words(const std::string& action) {
  if (action == "left_out") return {"left out", "已剔除"};
  if (action == "replaced") return {"replaced", "已替换"};
  if (action == "cancelled") return {"taken as cancelled", "按取消处理"};
  if (action == "removed") return {"taken away", "已移除"};
  return {"kept", "已保留"};
}

Note rule_note(const ingest::RuleCount& rule) {
  const Words action = action_words(rule.action);
  return {rule.rule,
          {fmt::format("{} {} {}: {}", rule.rows, rule.rows == 1 ? "row" : "rows", action.en,
                       rule.meaning.en),
           fmt::format("{} 行{}：{}", rule.rows, action.zh, rule.meaning.zh)}};
}

}  // namespace

std::vector<ColumnCard> loaded_columns() {
  return {{"file", Unit::none, Role::dimension, {"File", "文件"}},
          {"table", Unit::none, Role::detail, {"Table", "表"}},
          {"state", Unit::none, Role::detail, {"State", "状态"}},
          {"load_id", Unit::none, Role::detail, {"Load", "加载"}},
          {"rows_read", Unit::count, Role::value, {"Rows read", "读取行"}},
          {"rows_loaded", Unit::count, Role::value, {"Rows loaded", "载入行"}},
          {"rows_left_out", Unit::count, Role::value, {"Rows left out", "剔除行"}},
          {"orders", Unit::count, Role::detail, {"Orders", "订单"}},
          {"lines", Unit::count, Role::detail, {"Lines", "明细"}},
          {"customers", Unit::count, Role::detail, {"Customers", "客户"}},
          {"new_customers", Unit::count, Role::detail, {"New customers", "新客户"}},
          {"first_day", Unit::date, Role::detail, {"First day", "首日"}},
          {"last_day", Unit::date, Role::detail, {"Last day", "末日"}},
          {"mapping", Unit::none, Role::detail, {"Mapping", "映射文件"}}};
}

Answer loaded_answer(const std::vector<ingest::Loaded>& loaded) {
  Answer answer;
  for (const ColumnCard& card : loaded_columns()) {
    const ColumnType type = card.unit == Unit::date ? ColumnType::date
                            : card.unit == Unit::count || card.name == "load_id"
                                ? ColumnType::integer
                                : ColumnType::text;
    answer.frame.columns.push_back(make_column(std::string(card.name), type));
  }
  for (const ingest::Loaded& one : loaded) {
    push_row(answer.frame, one);
    answer.notes.insert(answer.notes.end(), one.notes.begin(), one.notes.end());
    for (const ingest::RuleCount& rule : one.rules) {
      if (rule.rows > 0) answer.notes.push_back(rule_note(rule));
    }
  }
  answer.columns = columns_of(loaded_columns());
  return answer;
}

}  // namespace huitou::commands
