// metric: one or several figures, over a period, by calendar step, dimension and filter.

#include <fmt/format.h>

#include <algorithm>

#include "commands/list.h"
#include "commands/period.h"
#include "commands/rows.h"
#include "commands/shop.h"
#include "metrics/metrics.h"

namespace huitou::commands {
namespace {

using metrics::Question;

std::vector<std::string_view> dimension_names() {
  const auto names = metrics::dimensions(true);
  return {names.begin(), names.end()};
}

metrics::Comparison comparison_of(const std::string& name) {
  if (name == "previous_period") return metrics::Comparison::previous_period;
  if (name == "same_period_last_year") return metrics::Comparison::same_period_last_year;
  return metrics::Comparison::none;
}

metrics::Switches read_switches(const Args& args) {
  metrics::Switches switches;
  switches.status = *schema::parse_status_policy(args.text("status"));
  if (args.has("merge_days")) switches.merge_days = args.boolean("merge_days");
  switches.zero_amounts = args.boolean("zero_amounts");
  switches.days = static_cast<int>(args.integer("days"));
  if (args.has("window")) switches.window = static_cast<int>(args.integer("window"));
  switches.yearly_rate = args.number("yearly_rate");
  return switches;
}

Result<Question> read_question(const Call& call, const metrics::Freshness& data) {
  Question question;
  for (const std::string& name : call.args.list("metric")) {
    if (call.args.boolean("definitions")) continue;
    TRY(const metrics::Metric* metric, metrics::find(name));
    question.metrics.push_back(metric);
  }
  TRY(question.period, read_period(call.args, data));
  if (call.args.has("by")) question.by = parse_granularity(call.args.text("by"));
  question.week_start = call.shop.settings.week_start;
  question.dimensions = call.args.list("group_by");
  TRY(question.filters, metrics::parse_filters(call.args.list("filter")));
  question.switches = read_switches(call.args);
  question.comparison = comparison_of(call.args.text("compare"));
  question.as_of = call.args.date("as_of");
  question.limits = call.shop.settings.limits;
  return question;
}

Language language_of(const Call& call) {
  if (!call.args.has("language")) return call.language;
  return call.args.text("language") == "zh" ? Language::zh : Language::en;
}

Result<Answer> answer_question(const Call& call, metrics::Freshness& data) {
  engine::Engine& engine = *call.shop.engine;
  TRY(const Question question, read_question(call, data));
  if (call.args.boolean("definitions")) {
    return metrics::definitions(engine, call.args.text("metric"), question, language_of(call));
  }
  if (call.args.boolean("explain")) {
    TRY(data.data_version, data_version(call.shop));
    return metrics::explain(question, data, language_of(call));
  }
  return metrics::ask(engine, question, data);
}

Result<Answer> metric(const Call& call) {
  TRY(metrics::Freshness data, metrics::read_freshness(*call.shop.engine));
  TRY(Answer answer, answer_question(call, data));
  answer.currency = call.shop.settings.currency;
  return answer;
}

Param days_param(std::string_view name, std::string_view fallback, Words doc) {
  return {.name = name,
          .type = ParamType::integer,
          .doc = doc,
          .fallback = fallback,
          .at_least = 1,
          .at_most = 3660};
}

}  // namespace

const Command metric_command{
    .name = "metric",
    .title = {"Figures of one or several metrics", "一个或多个指标的数值"},
    .doc = {"Answers with the value, its interval where customers are counted, numerator and base. "
            "`huitou metrics` lists the metrics; each can also be named by its alias, as 复购率.",
            "给出数值、（按客户计数时的）置信区间、分子与分母。`huitou metrics` "
            "列出全部指标；也可用别名，如 复购率。"},
    .view = View::curve,
    .params =
        {{.name = "metric",
          .doc = {"name or alias", "名称或别名"},
          .required = true,
          .positional = true,
          .repeated = true},
         from_param(),
         to_param(),
         {.name = "by",
          .type = ParamType::choice,
          .doc = {"calendar step of a series", "序列的日历步长"},
          .choices = {"day", "week", "month", "quarter", "year"}},
         {.name = "group_by",
          .type = ParamType::choice,
          .doc = {"dimension to split by", "拆分维度"},
          .choices = dimension_names(),
          .repeated = true},
         {.name = "filter",
          .doc = {"only orders with dimension=value", "只看 维度=值 的订单"},
          .repeated = true},
         {.name = "compare",
          .type = ParamType::choice,
          .doc = {"period to compare with", "对比时段"},
          .fallback = "none",
          .choices = {"none", "previous_period", "same_period_last_year"}},
         {.name = "status",
          .type = ParamType::choice,
          .doc = {"which orders count: all, paid (before refunds), delivered, or net of refunds",
                  "计入哪些订单：all 全部，paid 已支付（退款前），delivered 已签收，net 扣除退款"},
          .fallback = "net",
          .choices = {"all", "paid", "delivered", "net"}},
         {.name = "merge_days",
          .type = ParamType::boolean,
          .doc = {"orders of a customer on one day are one purchase; as the metric defines if not "
                  "given",
                  "同一客户同一天的订单算一次购买；默认按指标定义"}},
         {.name = "zero_amounts",
          .type = ParamType::boolean,
          .doc = {"orders over nothing (gifts) count", "计入零金额订单（赠品）"},
          .fallback = "true"},
         days_param("days", "90", {"the N of N-day metrics", "N 日指标中的 N"}),
         days_param(
             "window", "",
             {"days before the start in which a customer counts as active; as days if not given",
              "起点之前多少天内有购买算活跃；默认同 days"}),
         {.name = "yearly_rate",
          .type = ParamType::number,
          .doc = {"yearly rate of discounted values", "折现所用年利率"},
          .fallback = "0.1",
          .at_least = 0,
          .at_most = 10},
         {.name = "as_of",
          .type = ParamType::date,
          .doc = {"nothing of this day or later is read; the day after the last order if not given",
                  "不读取当日及之后的数据；默认为最后一个订单日的次日"}},
         {.name = "explain",
          .type = ParamType::boolean,
          .doc = {"show formula, switches, freshness and query text instead",
                  "改为显示公式、口径、数据新鲜度与查询语句"},
          .fallback = "false"},
         {.name = "definitions",
          .type = ParamType::boolean,
          .doc = {"show the period under every definition of this word instead",
                  "改为显示该时段在各种口径下的数值（口径对照）"},
          .fallback = "false"},
         {.name = "language",
          .type = ParamType::choice,
          .doc = {"language of explanations", "说明文字的语言"},
          .choices = {"en", "zh"}}},
    .examples = {"huitou metric repurchase_rate --from 2025-01-01 --to 2026-01-01 --by month",
                 "huitou metric 复购率 --definitions",
                 "huitou metric repurchase_within --days 30 --explain",
                 "huitou metric buyers orders --group-by channel --compare previous_period"},
    .run = metric,
};

namespace {

Result<Answer> list_metrics(const Call&) {
  Column name = make_column("metric", ColumnType::text);
  Column title_en = make_column("title_en", ColumnType::text);
  Column title_zh = make_column("title_zh", ColumnType::text);
  Column unit = make_column("unit", ColumnType::text);
  Column question_en = make_column("question_en", ColumnType::text);
  Column question_zh = make_column("question_zh", ColumnType::text);
  for (const metrics::Metric* metric : metrics::all()) {
    name.push_text(metric->card.name);
    title_en.push_text(metric->card.title.en);
    title_zh.push_text(metric->card.title.zh);
    unit.push_text(unit_name(metric->unit));
    question_en.push_text(metric->card.question.en);
    question_zh.push_text(metric->card.question.zh);
  }
  Answer answer;
  answer.frame.columns = {name, title_en, title_zh, unit, question_en, question_zh};
  answer.columns = columns_of(metrics_command.columns);
  return answer;
}

}  // namespace

const Command metrics_command{
    .name = "metrics",
    .title = {"List of the metrics", "指标清单"},
    .doc = {"Names every metric with the question that it answers.",
            "列出全部指标及其回答的问题。"},
    .columns = {{"metric", Unit::none, Role::dimension, {"Metric", "指标"}},
                {"title_en", Unit::none, Role::detail, {"Title", "名称（英文）"}},
                {"title_zh", Unit::none, Role::detail, {"Title (Chinese)", "名称"}},
                {"unit", Unit::none, Role::detail, {"Unit", "单位"}},
                {"question_en", Unit::none, Role::detail, {"Question", "问题（英文）"}},
                {"question_zh", Unit::none, Role::detail, {"Question (Chinese)", "问题"}}},
    .examples = {"huitou metrics"},
    .run = list_metrics,
};

}  // namespace huitou::commands
