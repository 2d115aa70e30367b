// segments why, of: one person and the rules.

#include <fmt/format.h>

#include <map>

#include "commands/customer.h"
#include "commands/rows.h"
#include "commands/segments.h"
#include "commands/shop.h"

namespace huitou::commands {
namespace {

using segments::Reason;

struct StateWords {
  std::string_view code;
  Words words;
};
StateWords words_of(Reason::State state) {
  switch (state) {
    case Reason::State::holds:
      return {"holds", {"holds", "满足"}};
    case Reason::State::fails:
      return {"fails", {"does not hold", "不满足"}};
    case Reason::State::unknown:
      break;
  }
  return {"unknown", {"unknown", "未知"}};
}

std::vector<ColumnCard> why_columns() {
  return {{"part", Unit::count, Role::dimension, {"Part", "序号"}},
          {"level", Unit::count, Role::detail, {"Level", "层级"}},
          {"kind", Unit::none, Role::detail, {"Kind", "类别"}},
          {"text_en", Unit::none, Role::value, {"Condition", "条件（英文）"}},
          {"text_zh", Unit::none, Role::value, {"Condition (Chinese)", "条件"}},
          {"value", Unit::none, Role::value, {"Value of the customer", "该客户的值"}},
          {"value_type", Unit::none, Role::detail, {"Type of the value", "值的类型"}},
          {"state", Unit::none, Role::detail, {"Code", "代码"}},
          {"state_en", Unit::none, Role::value, {"State", "结果（英文）"}},
          {"state_zh", Unit::none, Role::value, {"State (Chinese)", "结果"}},
          {"rule_en", Unit::none, Role::detail, {"Rule", "规则（英文）"}},
          {"rule_zh", Unit::none, Role::detail, {"Rule in Chinese", "规则"}}};
}

Column& add(Frame& frame, const char* name, ColumnType type) {
  return frame.columns.emplace_back(make_column(name, type));
}

Frame why_frame(const std::vector<Reason>& parts) {
  Frame frame;
  const auto integers = [&](const char* name, const auto& value) {
    Column& column = add(frame, name, ColumnType::integer);
    for (std::size_t i = 0; i < parts.size(); ++i) column.push_integer(value(i));
  };
  const auto texts = [&](const char* name, const auto& value) {
    Column& column = add(frame, name, ColumnType::text);
    for (const Reason& part : parts) column.push_text(value(part));
  };
  integers("part", [](std::size_t i) { return static_cast<std::int64_t>(i) + 1; });
  integers("level", [&](std::size_t i) { return std::int64_t{parts[i].depth}; });
  texts("kind", [](const Reason& part) { return part.kind; });
  texts("text_en", [](const Reason& part) { return part.text.en; });
  texts("text_zh", [](const Reason& part) { return part.text.zh; });
  Column& value = add(frame, "value", ColumnType::text);
  for (const Reason& part : parts) part.value ? value.push_text(*part.value) : value.push_null();
  Column& type = add(frame, "value_type", ColumnType::text);
  for (const Reason& part : parts) part.value ? type.push_text(part.type) : type.push_null();
  texts("state", [](const Reason& part) { return words_of(part.state).code; });
  texts("state_en", [](const Reason& part) { return words_of(part.state).words.en; });
  texts("state_zh", [](const Reason& part) { return words_of(part.state).words.zh; });
  texts("rule_en", [](const Reason& part) { return part.rule_en; });
  texts("rule_zh", [](const Reason& part) { return part.rule_zh; });
  return frame;
}

Note verdict(const segments::Why& why, std::uint64_t customer) {
  if (!why.known) {
    return {"not_known",
            {fmt::format("Customer {} was not known by then: registered, or ordered first, later.",
                         customer),
             fmt::format("客户 {} 当时尚不存在：注册或首次下单在此之后。", customer)}};
  }
  return why.fits ? Note{"in",
                         {fmt::format("Customer {} fits the rule.", customer),
                          fmt::format("客户 {} 符合该规则。", customer)}}
                  : Note{"not_in",
                         {fmt::format("Customer {} does not fit the rule.", customer),
                          fmt::format("客户 {} 不符合该规则。", customer)}};
}

Result<Answer> why(const Call& call) {
  TRY(const AskedRule asked, asked_rule(call, call.args.text("rule")));
  TRY(const identity::Whose whose, asked_person(call));
  TRY(const segments::Why found,
      segments::why(*call.shop.engine, asked.question(), person_of(whose)));
  Answer answer = answer_of(why_frame(found.parts), columns_of(why_columns()));
  answer.currency = call.shop.settings.currency;
  answer.notes.push_back(verdict(found, whose.customer));
  answer.notes.push_back(as_of_note(asked));
  note_joined({.asking = {.engine = *call.shop.engine, .as_of = call.today, .until = call.today},
               .whose = whose},
              answer.notes);
  return answer;
}

std::vector<ColumnCard> of_columns() {
  return {{"name", Unit::none, Role::dimension, {"Segment", "分群"}},
          {"state", Unit::none, Role::detail, {"Code", "代码"}},
          {"state_en", Unit::none, Role::value, {"State", "状态（英文）"}},
          {"state_zh", Unit::none, Role::value, {"State (Chinese)", "状态"}},
          {"description", Unit::none, Role::detail, {"Description", "说明"}},
          {"missing_en", Unit::none, Role::detail, {"Only this is missing", "只差（英文）"}},
          {"missing_zh", Unit::none, Role::detail, {"Only this is missing (Chinese)", "只差"}},
          {"problem_en", Unit::none, Role::detail, {"Problem", "问题（英文）"}},
          {"problem_zh", Unit::none, Role::detail, {"Problem (Chinese)", "问题"}}};
}

Result<Answer> of(const Call& call) {
  TRY(const AskedRule asked, asked_rule(call, "everyone"));
  TRY(const identity::Whose whose, asked_person(call));
  TRY(const std::vector<segments::Segment> saved, segments::saved(*call.shop.store));
  std::vector<std::string> names;
  for (const segments::Segment& segment : saved) names.push_back(segment.name);
  TRY(const auto found,
      segments::segments_of(*call.shop.engine, asked.question(), names, person_of(whose)));
  const bool all = call.args.boolean("all");
  std::map<std::string, std::optional<Sentence>> missed;
  if (call.args.boolean("near")) {
    std::vector<std::string> outside;
    for (std::size_t i = 0; i < names.size(); ++i) {
      if (found[i].ok() && !*found[i]) outside.push_back(names[i]);
    }
    TRY(const auto lacking,
        segments::just_missed(*call.shop.engine, asked.question(), outside, person_of(whose)));
    for (std::size_t i = 0; i < outside.size(); ++i) missed[outside[i]] = lacking[i];
  }
  TextTable table(columns_of(of_columns()));
  bool is_in = false;
  for (std::size_t i = 0; i < names.size(); ++i) {
    const std::string about = saved[i].description;
    if (!found[i].ok()) {
      table.row({names[i], "broken", "broken", "失效", about, "", "", describe(found[i].error()),
                 describe(found[i].error(), true)});
    } else if (*found[i]) {
      is_in = true;
      table.row({names[i], "in", "in", "属于", about, "", "", "", ""});
    } else if (const auto& lack = missed[names[i]]; lack) {
      table.row({names[i], "near", "just missed", "只差一项", about, lack->en, lack->zh, "", ""});
    } else if (all) {
      table.row({names[i], "out", "not in", "不属于", about, "", "", "", ""});
    }
  }
  Answer answer = table.answer();
  if (!is_in && !all) {
    answer.notes.push_back(
        {"nothing",
         {fmt::format("The customer is in none of the {} saved segments.", names.size()),
          fmt::format("该客户不属于已保存的 {} 个分群中的任何一个。", names.size())}});
  }
  answer.notes.push_back(as_of_note(asked));
  return answer;
}

Param customer_of_param() {
  Param param = customer_param();
  param.positional = false;
  return param;
}

}  // namespace

Result<identity::Whose> asked_person(const Call& call) {
  return identity::whose(*call.shop.engine, *call.shop.store, call.args.text("customer"));
}

segments::Person person_of(const identity::Whose& whose) {
  segments::Person person{.customer = static_cast<std::int64_t>(whose.customer)};
  person.accounts.push_back(person.customer);
  for (const identity::Whose::Member& member : whose.accounts) {
    const auto account = static_cast<std::int64_t>(member.account);
    if (account != person.customer) person.accounts.push_back(account);
  }
  return person;
}

const Command segments_why_command{
    .name = "segments why",
    .title = {"Why a customer is in or not", "为何属于或不属于"},
    .doc = {"Each part of a rule or a saved segment seen for one customer: whether it holds, does "
            "not, or cannot be known, and the customer's own value. The parts of segments that it "
            "refers to stand below them.",
            "逐项查看一位客户对规则或已保存分群的满足情况：满足、不满足或未知，以及该客户自己的值。"
            "所引用分群的各项列在其下。"},
    .live = true,
    .params = {{.name = "rule",
                .doc = {"a rule, or the name of a saved segment", "规则，或已保存分群的名称"},
                .required = true,
                .positional = true},
               customer_of_param(),
               as_of_instant_param()},
    .columns = why_columns(),
    .examples = {"huitou segments why sleeping --customer M0042",
                 "huitou segments why \"orders >= 3 and not bought('A-100')\" --customer M0042"},
    .run = why,
};

const Command segments_of_command{
    .name = "segments of",
    .title = {"Segments of a customer", "客户所属分群"},
    .doc = {"All saved segments that one customer is in, by one look at this customer's data; with "
            "--all also those that she is not in. One that is broken is named with its problem.",
            "一位客户所属的全部已保存分群，只读取该客户的数据；加 --all 也列出不属于的。"
            "失效的分群会说明原因。"},
    .live = true,
    .params = {customer_of_param(),
               {.name = "all",
                .type = ParamType::boolean,
                .doc = {"also those that the customer is not in", "也列出不属于的分群"},
                .fallback = "false"},
               {.name = "near",
                .type = ParamType::boolean,
                .doc = {"also those that the customer misses by one condition only, which is named",
                        "也列出只差一项条件的分群，并说明差哪一项"},
                .fallback = "false"},
               as_of_instant_param()},
    .columns = of_columns(),
    .examples = {"huitou segments of --customer M0042",
                 "huitou segments of --customer M0042 --near"},
    .run = of,
};

}  // namespace huitou::commands
