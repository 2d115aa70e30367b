// forms list, fields, entries, template, check, history: what can be entered, and what was.

#include "commands/forms.h"

#include "commands/desk.h"
#include "commands/rows.h"

namespace huitou::commands {
namespace {

std::vector<std::string_view> form_names() {
  std::vector<std::string_view> names;
  for (const forms::Form* form : forms::all()) names.push_back(form->name);
  return names;
}

std::vector<ColumnCard> list_columns() {
  return {{"form", Unit::none, Role::dimension, {"Form", "表单"}},
          {"title_en", Unit::none, Role::detail, {"Title", "名称（英文）"}},
          {"title_zh", Unit::none, Role::detail, {"Title (Chinese)", "名称"}},
          {"entries", Unit::count, Role::value, {"Entries", "条目数"}},
          {"table", Unit::none, Role::detail, {"Table it fills", "写入的表"}},
          {"changed_at", Unit::time, Role::detail, {"Changed at", "修改时间"}},
          {"changed_by", Unit::none, Role::detail, {"Changed by", "修改人"}},
          {"doc_en", Unit::none, Role::detail, {"What it is for", "用途（英文）"}},
          {"doc_zh", Unit::none, Role::detail, {"What it is for (Chinese)", "用途"}}};
}

std::vector<ColumnCard> field_columns() {
  return {
      {"field", Unit::none, Role::dimension, {"Field", "字段"}},
      {"type", Unit::none, Role::value, {"Type", "类型"}},
      {"label_en", Unit::none, Role::detail, {"Title", "标题（英文）"}},
      {"label_zh", Unit::none, Role::detail, {"Title (Chinese)", "标题"}},
      {"required", Unit::none, Role::detail, {"Required", "必填"}},
      {"key", Unit::none, Role::detail, {"Part of the key", "区分条目"}},
      {"choices", Unit::none, Role::detail, {"Choices", "可选值"}},
      {"choices_en", Unit::none, Role::detail, {"Titles of the choices", "可选值标题（英文）"}},
      {"choices_zh", Unit::none, Role::detail, {"Titles of the choices (Chinese)", "可选值标题"}},
      {"at_least", Unit::number, Role::detail, {"At least", "最小值"}},
      {"at_most", Unit::number, Role::detail, {"At most", "最大值"}},
      {"hint_en", Unit::none, Role::detail, {"What to write", "填写说明（英文）"}},
      {"hint_zh", Unit::none, Role::detail, {"What to write (Chinese)", "填写说明"}}};
}

std::vector<ColumnCard> check_columns() {
  return issue_columns({{"field", Unit::none, Role::dimension, {"Field", "字段"}}});
}

std::vector<ColumnCard> history_columns() {
  return {{"change", Unit::none, Role::dimension, {"Change", "更改"}},
          {"form", Unit::none, Role::detail, {"Form", "表单"}},
          {"entry", Unit::none, Role::detail, {"Entry", "条目"}},
          {"action", Unit::none, Role::value, {"Action", "操作"}},
          {"what_en", Unit::none, Role::detail, {"What", "内容（英文）"}},
          {"what_zh", Unit::none, Role::detail, {"What (Chinese)", "内容"}},
          {"changed_at", Unit::time, Role::detail, {"At", "时间"}},
          {"changed_by", Unit::none, Role::detail, {"By", "修改人"}},
          {"import", Unit::none, Role::detail, {"Import", "导入"}},
          {"file", Unit::none, Role::detail, {"File", "文件"}},
          {"undoes", Unit::none, Role::detail, {"Undoes change", "撤销了更改"}},
          {"undone_by", Unit::none, Role::detail, {"Undone by change", "被更改撤销"}}};
}

Result<Answer> list(const Call& call) {
  TRY(Frame frame, forms::overview(*call.shop.store));
  return answer_of(std::move(frame), columns_of(list_columns()));
}

Result<Answer> fields(const Call& call) {
  TRY(const forms::Form* form, forms::find(call.args.text("form")));
  return answer_of(forms::describe_fields(*form), columns_of(field_columns()));
}

Result<Answer> entries(const Call& call) {
  TRY(const forms::Form* form, forms::find(call.args.text("form")));
  const std::int64_t limit = call.args.integer("limit");
  TRY(Frame frame, forms::entries(*call.shop.store, *form,
                                  {.entry = call.args.has("entry") ? call.args.integer("entry") : 0,
                                   .limit = limit}));
  TRY(const std::int64_t all, forms::count_entries(*call.shop.store, *form));
  const bool cut = frame.rows() == static_cast<std::size_t>(limit) && all > limit;
  Answer answer = answer_of(std::move(frame), forms::columns_of(*form));
  answer.currency = call.shop.settings.currency;
  if (all == 0) {
    answer.notes.push_back({"nothing", {"The form has no entries yet.", "表单还没有条目。"}});
  } else if (cut) {
    const std::string shown = std::to_string(limit);
    const std::string total = std::to_string(all);
    answer.notes.push_back({"first_rows",
                            {"The " + shown + " entries changed last are shown, of " + total + ".",
                             "仅显示最近修改的 " + shown + " 条，共 " + total + " 条。"}});
  }
  return answer;
}

/// The titles of a file to be filled in; what each column takes is said in notes.
Result<Answer> blank(const Call& call) {
  TRY(const forms::Form* form, forms::find(call.args.text("form")));
  Answer answer;
  answer.columns = forms::columns_of(*form, true);
  for (const AnswerColumn& column : answer.columns) {
    answer.frame.columns.push_back(make_column(column.name, ColumnType::text));
  }
  for (const forms::Field& field : form->fields) {
    Sentence text{std::string(field.label.en), std::string(field.label.zh)};
    text.en += field.required ? " (required)" : "";
    text.zh += field.required ? "（必填）" : "";
    Sentence takes{std::string(field.hint.en), std::string(field.hint.zh)};
    for (const forms::Choice& choice : field.choices) {
      takes.en += (takes.en.empty() ? "" : ", ") + std::string(choice.name);
      takes.zh += (takes.zh.empty() ? "" : "、") + std::string(choice.label.zh);
    }
    if (takes.en.empty()) continue;
    answer.notes.push_back(
        {std::string(field.name), {text.en + ": " + takes.en, text.zh + "：" + takes.zh}});
  }
  return answer;
}

Result<Answer> check_values(const Call& call) {
  TRY(const forms::Form* form, forms::find(call.args.text("form")));
  TRY(const auto written, forms::parse_written(*form, call.args.list("values")));
  forms::Desk desk = desk_of(call.shop, call.now);
  TRY(const std::vector<forms::Issue> issues,
      forms::check(desk, *form, written, call.args.has("entry") ? call.args.integer("entry") : 0));
  TextTable table(columns_of(check_columns()));
  for (const forms::Issue& issue : issues) {
    table.row({issue.field, issue.value, issue.is_error ? "error" : "warning", issue.what.en,
               issue.what.zh, issue.todo.en, issue.todo.zh});
  }
  Answer answer = table.answer();
  if (issues.empty()) {
    answer.notes.push_back({"right", {"All values are right.", "所有值都正确。"}});
  }
  return answer;
}

Result<Answer> history(const Call& call) {
  forms::HistoryQuery query{.form = call.args.text("form"), .limit = call.args.integer("limit")};
  if (call.args.has("entry")) query.entry = call.args.integer("entry");
  TRY(Frame frame, forms::history(*call.shop.store, query));
  const bool none = frame.rows() == 0;
  Answer answer = answer_of(std::move(frame), columns_of(history_columns()));
  if (none) {
    answer.notes.push_back({"nothing", {"Nothing was entered yet.", "还没有填报记录。"}});
  }
  return answer;
}

Param limit_param(std::string_view fallback) {
  return {.name = "limit",
          .type = ParamType::integer,
          .doc = {"most rows shown", "最多显示行数"},
          .fallback = fallback,
          .at_least = 1,
          .at_most = 1000000};
}

const Command& list_command() {
  static const Command command{
      .name = "forms list",
      .title = {"Forms", "填报表单"},
      .doc = {"The forms for what no system has, with the number of entries, the table that gets "
              "them, and who changed one last.",
              "列出用于填报无系统数据的表单、条目数、写入的表以及最近的修改人。"},
      .live = true,
      .columns = list_columns(),
      .examples = {"huitou forms list"},
      .run = list,
  };
  return command;
}

const Command& fields_command() {
  static const Command command{
      .name = "forms fields",
      .title = {"Fields of a form", "表单字段"},
      .doc = {"The fields of a form: type, whether a value must be given, choices, bounds. No two "
              "entries have the same values in all fields of the key.",
              "列出表单的字段：类型、是否必填、可选值、范围。区分条目的字段不会全部相同。"},
      .params = {form_param()},
      .columns = field_columns(),
      .examples = {"huitou forms fields targets"},
      .run = fields,
  };
  return command;
}

const Command& entries_command() {
  static const Command command{
      .name = "forms entries",
      .title = {"Entries of a form", "表单条目"},
      .doc =
          {"The entries of a form, those changed last first. With --output FILE.xlsx they can be "
           "corrected in a spreadsheet and imported again.",
           "列出表单条目，最近修改的在前。加 --output 文件.xlsx 可在表格软件中修改后再导入。"},
      .live = true,
      .params = {form_param(), entry_param(false), limit_param("1000")},
      .examples = {"huitou forms entries targets",
                   "huitou forms entries stores --output stores.xlsx"},
      .run = entries,
  };
  return command;
}

const Command& template_command() {
  static const Command command{
      .name = "forms template",
      .title = {"A blank sheet of a form", "空白模板"},
      .doc =
          {"The titles of the columns that an import takes; with --output FILE.xlsx a workbook to "
           "be filled in, with a sheet that says what each column takes.",
           "导入文件的列标题；加 --output 文件.xlsx "
           "得到可填写的工作簿，另有一个工作表说明各列的填写方法。"},
      .params = {form_param()},
      .examples = {"huitou forms template targets --output targets.xlsx"},
      .run = blank,
  };
  return command;
}

const Command& check_command() {
  static const Command command{
      .name = "forms check",
      .title = {"What is wrong with values", "检查填报值"},
      .doc =
          {"Says what is wrong with the values of an entry, field by field, without saving them. "
           "A warning does not keep an entry out.",
           "逐个字段说明填报值的问题，不保存。警告不妨碍保存。"},
      .live = true,
      .params = {form_param(), values_param(true), entry_param(false)},
      .columns = check_columns(),
      .examples = {"huitou forms check targets metric=orders period=2025-01 target=1200"},
      .run = check_values,
  };
  return command;
}

const Command& history_command() {
  static const Command command{
      .name = "forms history",
      .title = {"Who changed what", "填报记录"},
      .doc =
          {"Changes of entries, newest first: what, by whom, when, with which import, and whether "
           "it was undone. `forms undo` takes one back.",
           "按时间倒序列出条目的更改：内容、修改人、时间、所属导入以及是否已撤销。可用 `forms "
           "undo` 撤销。"},
      .live = true,
      .params = {{.name = "form",
                  .type = ParamType::choice,
                  .doc = {"only this form", "只看该表单"},
                  .choices = form_names(),
                  .positional = true},
                 entry_param(false),
                 limit_param("100")},
      .columns = history_columns(),
      .examples = {"huitou forms history targets"},
      .run = history,
  };
  return command;
}

}  // namespace

std::vector<ColumnCard> issue_columns(std::vector<ColumnCard> where) {
  const ColumnCard issue[] = {
      {"value", Unit::none, Role::value, {"Value", "值"}},
      {"severity", Unit::none, Role::detail, {"Severity", "程度"}},
      {"message_en", Unit::none, Role::detail, {"What is wrong", "问题（英文）"}},
      {"message_zh", Unit::none, Role::detail, {"What is wrong (Chinese)", "问题"}},
      {"todo_en", Unit::none, Role::detail, {"What to do", "处理办法（英文）"}},
      {"todo_zh", Unit::none, Role::detail, {"What to do (Chinese)", "处理办法"}}};
  where.insert(where.end(), std::begin(issue), std::end(issue));
  return where;
}

Param form_param() {
  return {.name = "form",
          .type = ParamType::choice,
          .doc = {"which form", "表单"},
          .choices = form_names(),
          .required = true,
          .positional = true};
}

Param entry_param(bool required) {
  return {.name = "entry",
          .type = ParamType::integer,
          .doc = {"number of the entry", "条目编号"},
          .required = required,
          .positional = required,
          .at_least = 1,
          .at_most = 9e15};
}

Param values_param(bool required) {
  return {.name = "values",
          .doc = {"field=value, once for each field", "字段=值，每个字段一个"},
          .required = required,
          .positional = true,
          .repeated = true};
}

std::vector<const Command*> forms_commands() {
  return {&list_command(),         &fields_command(),       &entries_command(),
          &template_command(),     &check_command(),        &forms_add_command(),
          &forms_change_command(), &forms_remove_command(), &forms_import_command(),
          &history_command(),      &forms_undo_command()};
}

}  // namespace huitou::commands
