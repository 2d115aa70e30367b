// report: the main figures of the last twelve full months beside those of the twelve before.

#include <fmt/format.h>

#include <array>

#include "commands/list.h"
#include "commands/period.h"
#include "commands/rows.h"
#include "commands/shop.h"
#include "ingest/ingest.h"
#include "metrics/metrics.h"

namespace huitou::commands {
namespace {

constexpr std::array kFigures = {"buyers",
                                 "new_customers",
                                 "returning_customers",
                                 "orders",
                                 "net_amount",
                                 "average_order_value",
                                 "amount_per_customer",
                                 "repurchase_rate",
                                 "repurchase_rate_by_day",
                                 "returning_customer_rate",
                                 "repurchase_within",
                                 "repeat_amount_share",
                                 "order_gap_days_p50",
                                 "one_time_customer_share",
                                 "churn_rate",
                                 "refund_rate"};

Result<metrics::Question> read_question(const Call& call, const metrics::Freshness& data) {
  metrics::Question question;
  for (const char* name : kFigures) {
    TRY(const metrics::Metric* metric, metrics::find(name));
    question.metrics.push_back(metric);
  }
  TRY(question.period, read_period(call.args, data));
  question.switches.status = *schema::parse_status_policy(call.args.text("status"));
  question.comparison = metrics::Comparison::previous_period;
  question.limits = call.shop.settings.limits;
  return question;
}

void push(Column& column, const Frame& frame, const std::string& name) {
  const auto value = frame.has(name) ? frame.real(name, 0) : std::nullopt;
  value ? column.push_real(*value) : column.push_null();
}

Answer turned(const metrics::Question& question, const Answer& figures) {
  Answer answer;
  for (const char* name : {"metric", "title_en", "title_zh", "unit"}) {
    answer.frame.columns.push_back(make_column(name, ColumnType::text));
  }
  for (const char* name : {"value", "low", "high", "before", "change"}) {
    answer.frame.columns.push_back(make_column(name, ColumnType::real));
  }
  answer.frame.columns.push_back(make_column("change_unit", ColumnType::text));
  for (const metrics::Metric* metric : question.metrics) {
    const std::string name(metric->card.name);
    answer.frame.at("metric").push_text(name);
    answer.frame.at("title_en").push_text(metric->card.title.en);
    answer.frame.at("title_zh").push_text(metric->card.title.zh);
    answer.frame.at("unit").push_text(unit_name(metric->unit));
    push(answer.frame.at("value"), figures.frame, name);
    push(answer.frame.at("low"), figures.frame, name + "_low");
    push(answer.frame.at("high"), figures.frame, name + "_high");
    push(answer.frame.at("before"), figures.frame, name + "_before");
    push(answer.frame.at("change"), figures.frame, name + "_change");
    answer.frame.at("change_unit")
        .push_text(unit_name(metric->unit == Unit::ratio ? Unit::points : Unit::ratio));
  }
  answer.columns = columns_of(report_command.columns);
  return answer;
}

Note period_note(const metrics::Question& question, const metrics::Freshness& data) {
  const Period before = metrics::compared_period(question.period, question.comparison);
  const std::string from = format_date(question.period.from);
  const std::string to = format_date(Date{question.period.to.days - 1});
  const std::string last = data.last_on ? format_date(*data.last_on) : "-";
  const std::string before_from = format_date(before.from);
  const std::string before_to = format_date(Date{before.to.days - 1});
  return {"period",
          {fmt::format("{} to {}, beside {} to {}. {} orders in all, the last on {}.", from, to,
                       before_from, before_to, data.orders, last),
           fmt::format("{} 至 {}，对比 {} 至 {}。共 {} 个订单，最后一个在 {}。", from, to,
                       before_from, before_to, data.orders, last)}};
}

/// What was wrong with the rows, from the newest load of each file.
Status add_quality(const Call& call, std::vector<Note>& notes) {
  TRY(const Frame counts, ingest::finding_counts(*call.shop.store, std::nullopt));
  for (std::size_t row = 0; row < counts.rows(); ++row) {
    const std::int64_t rows = counts.integer("rows", row).value_or(0);
    if (rows == 0) continue;
    notes.push_back(
        {"quality",
         {fmt::format("{} {}: {}", rows, rows == 1 ? "row" : "rows",
                      counts.text("message_en", row).value_or("")),
          fmt::format("{} 行：{}", rows, counts.text("message_zh", row).value_or(""))}});
  }
  return {};
}

Result<Answer> report(const Call& call) {
  TRY(const metrics::Freshness data, metrics::read_freshness(*call.shop.engine));
  TRY(const metrics::Question question, read_question(call, data));
  TRY(const Answer figures, metrics::ask(*call.shop.engine, question, data));
  Answer answer = turned(question, figures);
  answer.currency = call.shop.settings.currency;
  answer.notes.push_back(period_note(question, data));
  answer.notes.insert(answer.notes.end(), figures.notes.begin(), figures.notes.end());
  TRY(add_quality(call, answer.notes));
  return answer;
}

}  // namespace

const Command report_command{
    .name = "report",
    .title = {"The repurchase report", "复购报告"},
    .doc = {"The main figures of the last twelve full months beside the twelve before them, with "
            "what is to "
            "be known about the data.",
            "最近十二个完整月的主要指标，与之前十二个月对比，并说明数据情况。"},
    .view = View::cards,
    .params = {from_param(),
               to_param(),
               {.name = "status",
                .type = ParamType::choice,
                .doc = {"which orders count", "计入哪些订单"},
                .fallback = "net",
                .choices = {"all", "paid", "delivered", "net"}}},
    .columns = {{"metric", Unit::none, Role::dimension, {"Metric", "代码"}},
                {"title_en", Unit::none, Role::detail, {"Title", "指标"}},
                {"title_zh", Unit::none, Role::detail, {"Title", "指标"}},
                {"unit", Unit::none, Role::detail, {"Unit", "单位"}},
                {"value", Unit::none, Role::value, {"Value", "数值"}},
                {"low", Unit::none, Role::low, {"Low", "下限"}},
                {"high", Unit::none, Role::high, {"High", "上限"}},
                {"before", Unit::none, Role::detail, {"Before", "对比期"}},
                {"change", Unit::none, Role::detail, {"Change", "变化"}},
                {"change_unit", Unit::none, Role::detail, {"Unit of the change", "变化的单位"}}},
    .examples = {"huitou report", "huitou report --from 2025-01-01 --to 2026-01-01"},
    .run = report,
};

}  // namespace huitou::commands
