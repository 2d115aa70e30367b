// forms add, change, remove, import, undo: what changes entries. The tables follow after the work,
// as after every change (commands.cc).

#include <fmt/format.h>

#include "commands/desk.h"
#include "commands/forms.h"
#include "commands/rows.h"

namespace huitou::commands {
namespace {

std::vector<ColumnCard> done_columns() {
  return {{"entry", Unit::none, Role::dimension, {"Entry", "条目"}},
          {"change", Unit::none, Role::detail, {"Change", "更改"}},
          {"import", Unit::none, Role::detail, {"Import", "导入"}},
          {"added", Unit::count, Role::value, {"Added", "新增"}},
          {"changed", Unit::count, Role::value, {"Changed", "修改"}},
          {"removed", Unit::count, Role::value, {"Removed", "删除"}},
          {"unchanged", Unit::count, Role::value, {"As it was", "未变"}}};
}

std::vector<ColumnCard> import_columns() {
  return issue_columns({{"row", Unit::none, Role::dimension, {"Row", "行"}},
                        {"column", Unit::none, Role::dimension, {"Column", "列"}}});
}

void push_number(Column& column, std::int64_t number) {
  number == 0 ? column.push_null() : column.push_integer(number);
}

Answer done_answer(const forms::Done& done) {
  Answer answer;
  for (const ColumnCard& card : done_columns()) {
    answer.frame.columns.push_back(make_column(std::string(card.name), ColumnType::integer));
  }
  push_number(answer.frame.at("entry"), done.entry);
  push_number(answer.frame.at("change"), done.change);
  push_number(answer.frame.at("import"), done.import);
  answer.frame.at("added").push_integer(done.added);
  answer.frame.at("changed").push_integer(done.changed);
  answer.frame.at("removed").push_integer(done.removed);
  answer.frame.at("unchanged").push_integer(done.unchanged);
  answer.columns = columns_of(done_columns());
  for (const forms::Issue& issue : done.warnings) {
    answer.notes.push_back(
        {"warning", {issue.what.en + " " + issue.todo.en, issue.what.zh + issue.todo.zh}});
  }
  if (done.change == 0) {
    answer.notes.push_back({"unchanged", {"Everything is like that already.", "内容没有变化。"}});
  }
  return answer;
}

Result<Answer> add(const Call& call) {
  TRY(const forms::Form* form, forms::find(call.args.text("form")));
  TRY(const auto written, forms::parse_written(*form, call.args.list("values")));
  forms::Desk desk = desk_of(call.shop, call.now);
  TRY(const forms::Done done, forms::add(desk, *form, written, call.args.text("by")));
  return done_answer(done);
}

Result<Answer> change_entry(const Call& call) {
  TRY(const forms::Form* form, forms::find(call.args.text("form")));
  TRY(const auto written, forms::parse_written(*form, call.args.list("values")));
  forms::Desk desk = desk_of(call.shop, call.now);
  TRY(const forms::Done done,
      forms::change(desk, *form, call.args.integer("entry"), written, call.args.text("by")));
  return done_answer(done);
}

Result<Answer> remove(const Call& call) {
  TRY(const forms::Form* form, forms::find(call.args.text("form")));
  forms::Desk desk = desk_of(call.shop, call.now);
  TRY(const forms::Done done,
      forms::remove(desk, *form, call.args.integer("entry"), call.args.text("by")));
  return done_answer(done);
}

Note counted(const forms::Import& import, bool saved) {
  const std::string would = saved ? "" : " would be";
  const std::string would_zh = saved ? "" : "将";
  return {"rows",
          {fmt::format("Of {} rows, {}{} added, {} changed, {} as before, {} refused.", import.rows,
                       import.added, would, import.changed, import.unchanged, import.refused),
           fmt::format("共 {} 行：{}新增 {}，修改 {}，未变 {}，拒绝 {}。", import.rows, would_zh,
                       import.added, import.changed, import.unchanged, import.refused)}};
}

void add_outcome(const Call& call, const forms::Import& import, std::vector<Note>& notes) {
  const std::string number = std::to_string(import.done.import);
  if (import.done.import != 0) {
    notes.push_back(
        {"saved",
         {"It is import " + number + "; `huitou forms undo --import " + number + "` takes it back.",
          "这是导入 " + number + "；可用 `huitou forms undo --import " + number + "` 撤销。"}});
  } else if (import.errors > 0 && !call.args.boolean("skip_errors")) {
    notes.push_back({"refused",
                     {"Nothing was saved: correct the rows with errors, or give --skip-errors.",
                      "没有保存：请更正有错误的行，或使用 --skip-errors。"}});
  } else if (call.args.boolean("dry_run")) {
    notes.push_back({"dry_run", {"Nothing was saved yet.", "尚未保存。"}});
  } else {
    notes.push_back({"unchanged", {"Nothing was to be saved.", "没有需要保存的内容。"}});
  }
  const std::string shown = std::to_string(import.issues.size());
  if (import.issues.size() < import.errors + import.warnings) {
    notes.push_back({"first_rows",
                     {"The first " + shown + " of what is wrong are shown.",
                      "仅显示前 " + shown + " 个问题。"}});
  }
}

Result<Answer> import_file(const Call& call) {
  TRY(const forms::Form* form, forms::find(call.args.text("form")));
  forms::Desk desk = desk_of(call.shop, call.now);
  TRY(const forms::Import import,
      forms::import_file(desk, *form,
                         {.path = call.args.text("file"),
                          .by = call.args.text("by"),
                          .dry_run = call.args.boolean("dry_run"),
                          .skip_errors = call.args.boolean("skip_errors")}));
  TextTable table(columns_of(import_columns()));
  for (const forms::RowIssue& row : import.issues) {
    const forms::Issue& issue = row.issue;
    table.row({std::to_string(row.line), row.column, issue.value,
               issue.is_error ? "error" : "warning", issue.what.en, issue.what.zh, issue.todo.en,
               issue.todo.zh});
  }
  Answer answer = table.answer();
  answer.notes = import.notes;
  answer.notes.push_back(counted(import, import.done.import != 0));
  add_outcome(call, import, answer.notes);
  return answer;
}

Result<Answer> undo(const Call& call) {
  const bool one = call.args.has("change");
  if (one == call.args.has("import")) {
    return Error{Code::invalid_input, "Nothing, or two things, were named to be undone.",
                 "Give --change or --import; `huitou forms history` lists them.",
                 "没有指定或同时指定了两个撤销对象。",
                 "请给出 --change 或 --import；可用 `huitou forms history` 查看。"};
  }
  forms::Desk desk = desk_of(call.shop, call.now);
  const std::string by = call.args.text("by");
  TRY(const forms::Done done, one ? forms::undo_change(desk, call.args.integer("change"), by)
                                  : forms::undo_import(desk, call.args.integer("import"), by));
  return done_answer(done);
}

Param by_param() {
  return {.name = "by",
          .doc = {"who does it, kept in the history; on the command line the user of the computer",
                  "修改人，记入填报记录；命令行中默认为计算机用户"},
          .fallback = "web"};
}

Param number_param(std::string_view name, Words doc) {
  return {.name = name, .type = ParamType::integer, .doc = doc, .at_least = 1, .at_most = 9e15};
}

}  // namespace

const Command& forms_add_command() {
  static const Command command{
      .name = "forms add",
      .title = {"Add an entry", "新增条目"},
      .doc = {"Adds an entry to a form after checking its values; fields that are not named stay "
              "empty. `huitou forms fields` says what there is.",
              "检查后向表单新增一个条目，未给出的字段留空。字段见 `huitou forms fields`。"},
      .kind = Kind::job,
      .params = {form_param(), values_param(true), by_param()},
      .columns = done_columns(),
      .examples = {"huitou forms add targets metric=repurchase_rate period=2025-Q1 target=35%",
                   "huitou forms add tickets opened_at=2025-01-31 reason=refund --by Li"},
      .run = add,
  };
  return command;
}

const Command& forms_change_command() {
  static const Command command{
      .name = "forms change",
      .title = {"Change an entry", "修改条目"},
      .doc = {"Changes the fields that are named; the others stay. A value of nothing empties a "
              "field.",
              "修改给出的字段，其余保持不变；等号后留空即清空该字段。"},
      .kind = Kind::job,
      .params = {form_param(), entry_param(true), values_param(true), by_param()},
      .columns = done_columns(),
      .examples = {"huitou forms change targets 3 target=0.36"},
      .run = change_entry,
  };
  return command;
}

const Command& forms_remove_command() {
  static const Command command{
      .name = "forms remove",
      .title = {"Remove an entry", "删除条目"},
      .doc = {"Removes an entry, also from the table that had it. The history keeps it, and `forms "
              "undo` brings it back.",
              "删除条目，并从写入的表中移除。填报记录会保留，可用 `forms undo` 恢复。"},
      .kind = Kind::job,
      .params = {form_param(), entry_param(true), by_param()},
      .columns = done_columns(),
      .examples = {"huitou forms remove targets 3"},
      .run = remove,
  };
  return command;
}

const Command& forms_import_command() {
  static const Command command{
      .name = "forms import",
      .title = {"Entries from a file", "从文件导入"},
      .doc = {"Reads entries from a CSV or Excel file whose columns are named as `forms template` "
              "names them, and says row by row what is wrong. A row whose key is there already "
              "changes that entry. With an error nothing is saved; --dry-run saves nothing at all.",
              "从 CSV 或 Excel 文件读取条目（列名与 `forms template` 一致），逐行说明问题。"
              "与已有条目相同的行会修改该条目。有错误时全部不保存；--dry-run 只检查不保存。"},
      .kind = Kind::job,
      .params = {form_param(),
                 {.name = "file",
                  .type = ParamType::file,
                  .doc = {"file to read", "要读取的文件"},
                  .required = true,
                  .positional = true},
                 {.name = "dry_run",
                  .type = ParamType::boolean,
                  .doc = {"say what would change, save nothing", "只检查，不保存"},
                  .fallback = "false"},
                 {.name = "skip_errors",
                  .type = ParamType::boolean,
                  .doc = {"save the rows that are right", "保存没有错误的行"},
                  .fallback = "false"},
                 by_param()},
      .columns = import_columns(),
      .examples = {"huitou forms import targets targets.xlsx --dry-run",
                   "huitou forms import targets targets.xlsx"},
      .run = import_file,
  };
  return command;
}

const Command& forms_undo_command() {
  static const Command command{
      .name = "forms undo",
      .title = {"Undo a change or an import", "撤销"},
      .doc =
          {"Takes back one change, or all changes of an import or none of them. That is a change "
           "itself, and can be undone. Refused where an entry was changed since.",
           "撤销一次更改，或整次导入（要么全部撤销，要么不动）。撤销本身也是更改，也可以撤销。"
           "条目之后又被修改时拒绝撤销。"},
      .kind = Kind::job,
      .params = {number_param("change", {"number of a change", "更改编号"}),
                 number_param("import", {"number of an import", "导入编号"}), by_param()},
      .columns = done_columns(),
      .examples = {"huitou forms undo --change 7", "huitou forms undo --import 2"},
      .run = undo,
  };
  return command;
}

}  // namespace huitou::commands
