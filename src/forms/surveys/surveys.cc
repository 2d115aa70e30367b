// Answers to surveys that were asked on paper, by telephone or with a tool that gives only a list.

#include "forms/form.h"

namespace huitou::forms {
namespace {

struct Scale {
  std::string_view kind;
  int least;
  int most;
};
constexpr Scale kScales[] = {{"nps", 0, 10}, {"csat", 1, 5}};

std::vector<Issue> score_fits(const Values& values) {
  const std::string& kind = values[1];
  const std::string& score = values[2];
  for (const Scale& scale : kScales) {
    if (kind != scale.kind) continue;
    const std::string from = std::to_string(scale.least);
    const std::string to = std::to_string(scale.most);
    if (score.empty()) {
      return {{.field = "score",
               .value = "",
               .what = {"An answer of kind " + kind + " has no score.", kind + " 答卷没有评分。"},
               .todo = {"Write " + from + " to " + to + ", or choose the kind text.",
                        "请填写 " + from + " 到 " + to + "，或把类型改为文字。"}}};
    }
    const int number = std::stoi(score);
    if (number < scale.least || number > scale.most) {
      return {
          {.field = "score",
           .value = score,
           .what = {"A score of " + kind + " is not " + score + ".",
                    kind + " 的评分不能是 " + score + "。"},
           .todo = {"Write " + from + " to " + to + ".", "请填写 " + from + " 到 " + to + "。"}}};
    }
  }
  return {};
}

}  // namespace

extern const Form surveys;
const Form surveys{
    .name = "surveys",
    .title = {"Survey answers", "问卷答案"},
    .doc = {"Answers to surveys, one row each: NPS 0 to 10, CSAT 1 to 5, or text; written into the "
            "table of surveys.",
            "问卷答案，每行一份：NPS 0–10、CSAT 1–5 或文字，写入问卷表。"},
    .fields = {{.name = "survey_key",
                .label = {"Number", "答卷编号"},
                .hint = {"empty: the next number is given", "留空则自动编号"},
                .key = true,
                .fills = "survey_key",
                .titles = "问卷编号|编号|response id|survey id"},
               {.name = "kind",
                .type = FieldType::choice,
                .label = {"Kind", "类型"},
                .required = true,
                .choices = {{"nps", {"NPS (0 to 10)", "NPS（0–10）"}},
                            {"csat", {"CSAT (1 to 5)", "满意度（1–5）"}},
                            {"text", {"Text", "文字"}}},
                .fills = "survey_kind",
                .titles = "问卷类型|survey type"},
               {.name = "score",
                .type = FieldType::integer,
                .label = {"Score", "评分"},
                .at_least = 0,
                .at_most = 10,
                .fills = "score",
                .titles = "得分|推荐分|rating"},
               {.name = "comment",
                .label = {"Comment", "文字评价"},
                .fills = "comment",
                .titles = "评价内容|反馈内容"},
               {.name = "answered_on",
                .type = FieldType::moment,
                .label = {"Answered on", "填写时间"},
                .hint = {"2025-01-31 or 2025-01-31 14:30", "2025-01-31 或 2025-01-31 14:30"},
                .required = true,
                .fills = "answered_on",
                .titles = "提交时间|答题时间|日期|date|answered at"},
               {.name = "customer_key",
                .type = FieldType::customer,
                .label = {"Customer", "客户"},
                .hint = {"member number as in orders; empty: anonymous",
                         "与订单一致的会员号；留空表示匿名"},
                .fills = "customer_key",
                .titles = "会员号|客户编号|member|customer id"},
               {.name = "channel", .label = {"Channel", "渠道"}, .fills = "channel"},
               {.name = "product_key",
                .type = FieldType::product,
                .label = {"Product", "商品"},
                .hint = {"what was asked about, if it was a product", "针对某商品时填写商品编号"},
                .fills = "product_key",
                .titles = "商品编号|product id"},
               {.name = "store_key",
                .type = FieldType::store,
                .label = {"Store", "门店"},
                .fills = "store_key",
                .titles = "门店编号|store id"}},
    .table = "surveys",
    .numbered = "S",
    .check = score_fits,
};

}  // namespace huitou::forms
