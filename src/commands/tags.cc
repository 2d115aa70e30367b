// tags list, add, remove, import, of, history, rule.

#include <fmt/format.h>

#include <algorithm>

#include "commands/marks.h"
#include "commands/rows.h"
#include "commands/segments.h"
#include "commands/shop.h"

namespace huitou::commands {
namespace {

using segments::MarkKind;

std::vector<ColumnCard> list_columns() {
  return {{"name", Unit::none, Role::dimension, {"Tag", "标签"}},
          {"customers", Unit::count, Role::value, {"Customers", "客户数"}},
          {"made_by", Unit::none, Role::detail, {"Made by", "来源"}}};
}

Result<Answer> list(const Call& call) {
  TRY(const Frame counted,
      segments::marks_counted(*call.shop.engine, *call.shop.store, MarkKind::tag));
  Frame frame;
  frame.columns = {make_column("name", ColumnType::text),
                   make_column("customers", ColumnType::integer),
                   make_column("made_by", ColumnType::text)};
  for (std::size_t row = 0; row < counted.rows(); ++row) {
    if (counted.integer("yes", row).value_or(0) == 0) continue;
    frame.at("name").push_text(counted.text("name", row).value_or(""));
    frame.at("customers").push_integer(counted.integer("yes", row).value_or(0));
    frame.at("made_by").push_text("hand");
  }
  TRY(const std::vector<std::string> rules, segments::rule_tags(*call.shop.store));
  for (const std::string& name : rules) {
    TRY(const auto kept, segments::kept_count(*call.shop.store, name));
    frame.at("name").push_text(name);
    kept ? frame.at("customers").push_integer(*kept) : frame.at("customers").push_null();
    frame.at("made_by").push_text("rule");
  }
  Answer answer = answer_of(std::move(frame), columns_of(list_columns()));
  if (answer.frame.rows() == 0) {
    answer.notes.push_back({"nothing",
                            {"There is no tag yet: give one with `huitou tags add`.",
                             "还没有标签：请用 `huitou tags add` 添加。"}});
  }
  return answer;
}

Result<Answer> add(const Call& call) {
  return mark_by_hand(call, MarkKind::tag, call.args.text("name"), true);
}

Result<Answer> remove(const Call& call) {
  return mark_by_hand(call, MarkKind::tag, call.args.text("name"), false);
}

Error columns_missing() {
  return {Code::invalid_input, "The file has no column for the customer, or none for the tag.",
          "Name the columns `customer` and `tag`, or give the tag with --tag.",
          "文件缺少客户列或标签列。", "请将列命名为“客户”和“标签”，或用 --tag 指定标签。"};
}

Result<ReadMarks> tag_columns(const std::string& fixed, const std::vector<std::string>& columns) {
  auto customer = customer_column(columns);
  if (!customer) customer = column_named(columns, {"email"});
  const auto tag = column_named(columns, {"tag", "tags", "标签"});
  if (!customer || (!tag && fixed.empty())) return columns_missing();
  return ReadMarks([=](const std::vector<std::string>& cells) {
    MarkRow row{.customer = cells[*customer]};
    const std::string name = fixed.empty() ? cells[*tag] : fixed;
    row.marks.push_back({.name = name});
    if (name.empty()) row.problem = Sentence{"The tag is empty.", "标签为空。"};
    return row;
  });
}

Result<Answer> import_tags(const Call& call) {
  const std::string fixed = call.args.text("tag");
  return import_marks(call, {.kind = MarkKind::tag, .columns = [&](const auto& columns) {
                               return tag_columns(fixed, columns);
                             }});
}

/// Tags that rules make of this person.
Status add_rule_tags(const Call& call, Answer& answer) {
  TRY(const std::vector<std::string> names, segments::rule_tags(*call.shop.store));
  if (names.empty()) return {};
  TRY(const AskedRule asked, asked_rule(call, "everyone"));
  TRY(const identity::Whose whose, asked_person(call));
  TRY(const auto found,
      segments::segments_of(*call.shop.engine, asked.question(), names, person_of(whose)));
  for (std::size_t i = 0; i < names.size(); ++i) {
    if (!found[i].ok() || !*found[i]) continue;
    for (Column& column : answer.frame.columns) {
      if (column.name == "name") {
        column.push_text(names[i]);
      } else if (column.name == "state" || column.name == "state_en") {
        column.push_text("yes");
      } else if (column.name == "state_zh") {
        column.push_text("是");
      } else if (column.name == "how_en" || column.name == "how_zh") {
        column.push_text(column.name == "how_en" ? "by its rule" : "按规则");
      } else {
        column.push_null();
      }
    }
  }
  return {};
}

Result<Answer> of(const Call& call) {
  TRY(Answer answer, marks_answer(call, MarkKind::tag, false));
  TRY(add_rule_tags(call, answer));
  if (answer.frame.rows() == 0) {
    answer.notes.push_back({"nothing", {"The customer has no tag.", "该客户没有标签。"}});
  }
  return answer;
}

Result<Answer> history(const Call& call) { return marks_answer(call, MarkKind::tag, true); }

Result<Answer> rule(const Call& call) {
  const bool off = call.args.boolean("off");
  const std::string name = call.args.text("name");
  TRY(segments::show_as_tag(*call.shop.store, name, !off));
  Answer answer;
  answer.notes.push_back(
      {"rule",
       {off ? fmt::format("The segment '{}' is no longer shown as a tag.", name)
            : fmt::format("The segment '{}' is shown as a tag of its customers.", name),
        off ? fmt::format("分群“{}”不再显示为标签。", name)
            : fmt::format("分群“{}”将作为其客户的标签显示。", name)}});
  return answer;
}

Param tag_param() {
  return {.name = "name", .doc = {"the tag", "标签"}, .required = true, .positional = true};
}

constexpr Words kTag{"Tag", "标签"};

}  // namespace

const Command tags_list_command{
    .name = "tags list",
    .title = {"Tags", "标签"},
    .doc = {"All tags with the number of their customers: those given by hand or by a file, and "
            "segments that are shown as tags (as the last refresh left them).",
            "全部标签及客户数：手工或导入的标签，以及作为标签显示的分群（以上次刷新为准）。"},
    .live = true,
    .columns = list_columns(),
    .examples = {"huitou tags list"},
    .run = list,
};

const Command tags_add_command{
    .name = "tags add",
    .title = {"Tag customers", "打标签"},
    .doc = {"Gives a tag to customers. Who did it, and when, is kept; rules ask for it with "
            "tagged('VIP').",
            "为客户打标签，记录操作人与时间；规则中可用 标签('VIP') 引用。"},
    .kind = Kind::job,
    .params = {tag_param(), marked_customers_param(), marked_by_param()},
    .columns = marked_columns(),
    .examples = {"huitou tags add VIP --customer M0042 --customer 13800138000 --by Li"},
    .run = add,
};

const Command tags_remove_command{
    .name = "tags remove",
    .title = {"Take a tag away", "去除标签"},
    .doc = {"Takes a tag from customers; the history keeps both.",
            "去除客户的标签；历史中两者都会保留。"},
    .kind = Kind::job,
    .params = {tag_param(), marked_customers_param(), marked_by_param()},
    .columns = marked_columns(),
    .examples = {"huitou tags remove VIP --customer M0042"},
    .run = remove,
};

const Command tags_import_command{
    .name = "tags import",
    .title = {"Import tags", "导入标签"},
    .doc = {"Tags from a CSV or Excel file with the columns `customer` (any key) and `tag`; with "
            "--tag every row gets that one. Rows that name nobody, or several people, are shown "
            "and left out.",
            "从 CSV 或 Excel 文件导入标签，列为“客户”（任一标识）与“标签”；用 --tag "
            "时每行都打该标签。找不到客户或对应多人的行会列出并跳过。"},
    .kind = Kind::job,
    .params = {{.name = "file",
                .type = ParamType::file,
                .doc = {"the file", "文件"},
                .required = true,
                .positional = true},
               {.name = "tag", .doc = {"the tag of every row", "每行的标签"}},
               marked_by_param()},
    .columns = import_columns_of_marks(),
    .examples = {"huitou tags import vip.xlsx --tag VIP"},
    .run = import_tags,
};

const Command tags_of_command{
    .name = "tags of",
    .title = {"Tags of a customer", "客户标签"},
    .doc = {"The tags that a customer has now: by hand, by a file or by a rule, with who gave them "
            "and when.",
            "一位客户现有的标签：手工、导入或按规则，附操作人与时间。"},
    .live = true,
    .params = {marked_customer_param(), as_of_instant_param()},
    .columns = mark_columns(kTag),
    .examples = {"huitou tags of --customer M0042"},
    .run = of,
};

const Command tags_history_command{
    .name = "tags history",
    .title = {"History of a customer's tags", "客户标签历史"},
    .doc = {"Every tag that was given to a customer or taken away, newest first.",
            "一位客户的标签增减记录，新的在前。"},
    .live = true,
    .params = {marked_customer_param()},
    .columns = mark_columns(kTag),
    .examples = {"huitou tags history --customer M0042"},
    .run = history,
};

const Command tags_rule_command{
    .name = "tags rule",
    .title = {"Show a segment as a tag", "分群作为标签"},
    .doc = {"Shows a saved segment as a tag of the customers who fit its rule; --off ends that. "
            "Rules ask for it with in_segment.",
            "将已保存分群作为符合其规则的客户的标签显示；--off 取消。规则中用 在分群 引用。"},
    .kind = Kind::job,
    .params = {segment_name_param(),
               {.name = "off",
                .type = ParamType::boolean,
                .doc = {"no longer", "取消"},
                .fallback = "false"}},
    .examples = {"huitou tags rule sleeping"},
    .run = rule,
};

}  // namespace huitou::commands
