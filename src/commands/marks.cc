#include "commands/marks.h"

#include <fmt/format.h>

#include <algorithm>

#include "commands/customer.h"
#include "commands/rows.h"
#include "commands/segments.h"
#include "commands/shop.h"
#include "ingest/ingest.h"

namespace huitou::commands {
namespace {

using segments::MarkKind;
using segments::MarkLine;

constexpr std::size_t kMostRows = 1'000'000;
constexpr std::size_t kShownProblems = 1'000;

std::string lower(std::string text) {
  std::transform(text.begin(), text.end(), text.begin(),
                 [](unsigned char c) { return static_cast<char>(std::tolower(c)); });
  const std::size_t begin = text.find_first_not_of(" \t");
  const std::size_t end = text.find_last_not_of(" \t");
  return begin == std::string::npos ? "" : text.substr(begin, end - begin + 1);
}

segments::Said said(const Call& call, MarkKind kind, const char* how, const std::string& file) {
  return {.kind = kind, .by = call.args.text("by"), .how = how, .file = file, .now = call.now};
}

Frame marked_frame(const segments::Marked& marked) {
  Frame frame;
  const auto number = [&](const char* name, std::int64_t value) {
    frame.columns.push_back(make_column(name, ColumnType::integer));
    frame.columns.back().push_integer(value);
  };
  number("given", marked.given);
  number("taken", marked.taken);
  number("unchanged", marked.unchanged);
  return frame;
}

/// Rows of the file, as its columns are understood.
Result<std::vector<MarkRow>> read_file(const std::string& path, const MarkFile& file) {
  const ingest::ReadOptions reading{
      .delimiter = {}, .encoding = {}, .has_header = true, .sheet = {}};
  TRY(const ingest::FileInfo info, ingest::inspect(path, reading));
  std::vector<std::string> columns;
  for (const std::string& column : info.columns) columns.push_back(lower(column));
  TRY(const ReadMarks read, file.columns(columns));
  TRY(const auto reader, ingest::open_rows(info));
  std::vector<MarkRow> rows;
  ingest::RawBlock block;
  while (true) {
    TRY(const bool more, reader->next(block));
    if (!more) return rows;
    for (std::size_t row = 0; row < block.rows(); ++row) {
      std::vector<std::string> cells;
      for (std::size_t i = 0; i < block.columns(); ++i) cells.emplace_back(block.at(row, i));
      rows.push_back(read(cells));
      rows.back().line = block.line(row);
    }
    if (rows.size() > kMostRows) {
      return Error{Code::limit_reached,
                   fmt::format("The file has more than {} rows (kMostRows).", kMostRows),
                   "Divide it.", fmt::format("文件超过 {} 行（kMostRows）。", kMostRows),
                   "请拆分文件。"};
    }
  }
}

/// Puts the customers' numbers in; rows that name nobody get a problem.
Status name_customers(const Call& call, std::vector<MarkRow>& rows) {
  std::vector<std::string> keys;
  for (const MarkRow& row : rows) keys.push_back(row.customer);
  TRY(const auto named, identity::people_named(*call.shop.engine, *call.shop.store, keys));
  for (std::size_t i = 0; i < rows.size(); ++i) {
    MarkRow& row = rows[i];
    for (segments::Mark& mark : row.marks) {
      mark.customer = static_cast<std::int64_t>(named[i].customer);
    }
    if (row.problem || named[i].customer != 0) continue;
    row.problem =
        named[i].people == 0
            ? Sentence{fmt::format("Nobody is known as '{}'.", row.customer),
                       fmt::format("没有客户使用标识“{}”。", row.customer)}
            : Sentence{fmt::format("'{}' is a key of {} people.", row.customer, named[i].people),
                       fmt::format("标识“{}”属于 {} 个人。", row.customer, named[i].people)};
  }
  return {};
}

}  // namespace

Result<Answer> import_marks(const Call& call, const MarkFile& file) {
  const std::string path = call.args.text("file");
  TRY(std::vector<MarkRow> rows, read_file(path, file));
  TRY(name_customers(call, rows));
  std::vector<segments::Mark> marks;
  TextTable table(columns_of(import_columns_of_marks()));
  std::size_t refused = 0;
  for (const MarkRow& row : rows) {
    if (!row.problem) {
      marks.insert(marks.end(), row.marks.begin(), row.marks.end());
    } else if (++refused <= kShownProblems) {
      table.row({std::to_string(row.line), row.customer, row.problem->en, row.problem->zh});
    }
  }
  const std::string name = path.substr(path.find_last_of('/') + 1);
  TRY(const segments::Marked marked, segments::mark(*call.shop.engine, *call.shop.store,
                                                    said(call, file.kind, "import", name), marks));
  Answer answer = table.answer();
  answer.notes.push_back(
      {"rows",
       {fmt::format("Of {} rows, {} given, {} taken away, {} as before, {} refused.", rows.size(),
                    marked.given, marked.taken, marked.unchanged, refused),
        fmt::format("共 {} 行：新增 {}，取消 {}，未变 {}，拒绝 {}。", rows.size(), marked.given,
                    marked.taken, marked.unchanged, refused)}});
  return answer;
}

std::optional<std::size_t> column_named(const std::vector<std::string>& columns,
                                        std::initializer_list<std::string_view> titles) {
  for (const std::string_view title : titles) {
    const auto found = std::find(columns.begin(), columns.end(), title);
    if (found != columns.end()) return static_cast<std::size_t>(found - columns.begin());
  }
  return std::nullopt;
}

std::optional<std::size_t> customer_column(const std::vector<std::string>& columns) {
  return column_named(columns, {"customer", "customer_key", "客户", "会员号", "客户编号", "member",
                                "member_number", "手机号", "phone", "邮箱"});
}

Result<Answer> mark_by_hand(const Call& call, MarkKind kind, const std::string& name, bool given) {
  std::vector<segments::Mark> marks;
  for (const std::string& key : call.args.list("customer")) {
    TRY(const identity::Whose whose, identity::whose(*call.shop.engine, *call.shop.store, key));
    marks.push_back({static_cast<std::int64_t>(whose.customer), name, given});
  }
  TRY(const segments::Marked marked,
      segments::mark(*call.shop.engine, *call.shop.store, said(call, kind, "hand", ""), marks));
  return answer_of(marked_frame(marked), columns_of(marked_columns()));
}

Result<Answer> marks_answer(const Call& call, MarkKind kind, bool all) {
  TRY(const identity::Whose whose, asked_person(call));
  TRY(const auto history,
      segments::marks_history(*call.shop.engine, *call.shop.store, kind, person_of(whose)));
  const std::vector<MarkLine> lines = all ? history : segments::current_marks(history);
  Frame frame;
  const auto cards = mark_columns({});
  for (const ColumnCard& card : cards) {
    frame.columns.push_back(make_column(
        std::string(card.name), card.unit == Unit::time ? ColumnType::time : ColumnType::text));
  }
  const auto text = [&](const char* column, const std::string& value) {
    value.empty() ? frame.at(column).push_null() : frame.at(column).push_text(value);
  };
  for (const MarkLine& line : lines) {
    if (!all && !line.given && kind == MarkKind::tag) continue;
    const bool hand = line.how == "hand";
    frame.at("name").push_text(line.name);
    frame.at("state").push_text(line.given ? "yes" : "no");
    frame.at("state_en").push_text(line.given ? "yes" : "no");
    frame.at("state_zh").push_text(line.given ? "是" : "否");
    frame.at("at").push_integer(line.at);
    text("by", line.by);
    text("how_en", hand ? "by hand" : "from " + line.file);
    text("how_zh", hand ? "手工" : "来自 " + line.file);
  }
  return answer_of(std::move(frame), columns_of(call.command.columns));
}

std::vector<ColumnCard> mark_columns(Words name) {
  return {{"name", Unit::none, Role::dimension, name},
          {"state", Unit::none, Role::detail, {"Code", "代码"}},
          {"state_en", Unit::none, Role::value, {"State", "状态（英文）"}},
          {"state_zh", Unit::none, Role::value, {"State (Chinese)", "状态"}},
          {"at", Unit::time, Role::detail, {"When", "时间"}},
          {"by", Unit::none, Role::detail, {"Who", "操作人"}},
          {"how_en", Unit::none, Role::detail, {"How", "方式（英文）"}},
          {"how_zh", Unit::none, Role::detail, {"How (Chinese)", "方式"}}};
}

std::vector<ColumnCard> marked_columns() {
  return {{"given", Unit::count, Role::value, {"Given", "新增"}},
          {"taken", Unit::count, Role::value, {"Taken away", "取消"}},
          {"unchanged", Unit::count, Role::value, {"As it was", "未变"}}};
}

std::vector<ColumnCard> import_columns_of_marks() {
  return {{"row", Unit::none, Role::dimension, {"Row", "行"}},
          {"customer", Unit::none, Role::dimension, {"Customer", "客户"}},
          {"problem_en", Unit::none, Role::value, {"Problem", "问题（英文）"}},
          {"problem_zh", Unit::none, Role::value, {"Problem (Chinese)", "问题"}}};
}

Param marked_by_param() {
  return {.name = "by", .doc = {"who says it, kept in the history", "操作人，记入历史"}};
}

Param marked_customers_param() {
  Param param = marked_customer_param();
  param.repeated = true;
  return param;
}

Param marked_customer_param() {
  Param param = customer_param();
  param.positional = false;
  return param;
}

std::vector<const Command*> marks_commands() {
  return {&tags_list_command,      &tags_add_command,     &tags_remove_command,
          &tags_import_command,    &tags_of_command,      &tags_history_command,
          &tags_rule_command,      &consent_list_command, &consent_set_command,
          &consent_import_command, &consent_of_command};
}

}  // namespace huitou::commands
