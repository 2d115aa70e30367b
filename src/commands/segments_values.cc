// segments values: which texts a rule can be compared with.

#include "commands/rows.h"
#include "commands/segments.h"
#include "commands/shop.h"

namespace huitou::commands {
namespace {

std::vector<ColumnCard> value_columns() {
  return {{"value", Unit::none, Role::dimension, {"Value", "取值"}},
          {"found", Unit::count, Role::value, {"Rows", "行数"}}};
}

Result<Answer> values(const Call& call) {
  TRY(Frame frame, segments::values(*call.shop.engine, {.fact = call.args.text("fact"),
                                                        .field = call.args.text("field"),
                                                        .part = call.args.text("part"),
                                                        .most = call.args.integer("limit"),
                                                        .limits = call.shop.settings.limits}));
  return answer_of(std::move(frame), columns_of(value_columns()));
}

}  // namespace

const Command segments_values_command{
    .name = "segments values",
    .title = {"Texts to compare with", "可供比较的文字"},
    .doc =
        {"The texts that a fact or one of its fields has in the data, the most frequent first: "
         "channels, categories, names of events, reasons. Never numbers or names of people.",
         "某个事实或其字段在数据中的文字取值，常见者在前：渠道、品类、行为名称、工单原因等。不列出"
         "客户的标识与姓名。"},
    .params = {{.name = "fact",
                .doc = {"a fact, such as bought or did", "事实，如 购买、做过"},
                .required = true,
                .positional = true},
               {.name = "field",
                .doc = {"a field after `where`; the text in the brackets if not given",
                        "“其中”的字段；默认为括号中的文字"}},
               {.name = "part", .doc = {"only values that hold this", "只列出包含此文字的取值"}},
               {.name = "limit",
                .type = ParamType::integer,
                .doc = {"most values shown", "最多显示个数"},
                .fallback = "50",
                .at_least = 1,
                .at_most = 1000}},
    .columns = value_columns(),
    .examples = {"huitou segments values bought --field product",
                 "huitou segments values 浏览 --part 猫"},
    .run = values,
};

}  // namespace huitou::commands
