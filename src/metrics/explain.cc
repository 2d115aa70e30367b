#include <fmt/format.h>

#include "metrics/metrics.h"

namespace huitou::metrics {
namespace {

/// Rows of an answer with the columns item and text.
class Lines {
 public:
  explicit Lines(Language language) : language_(language) {}

  void add(Words item, std::string_view text) {
    items_.push_text(item.in(language_));
    texts_.push_text(text);
  }

  Answer answer() && {
    Answer answer;
    answer.frame.columns.push_back(std::move(items_));
    answer.frame.columns.push_back(std::move(texts_));
    answer.columns = {{"item", Unit::none, Role::dimension, {"Item", "项目"}},
                      {"text", Unit::none, Role::value, {"Text", "内容"}}};
    return answer;
  }

 private:
  Language language_;
  Column items_ = make_column("item", ColumnType::text);
  Column texts_ = make_column("text", ColumnType::text);
};

void add_switches(const Metric& metric, const Switches& switches, const CompiledPart& part,
                  Lines& lines) {
  std::string text = fmt::format("status = {}", schema::status_policy_name(part.status));
  if (metric.uses.merge_days || metric.by_day) {
    text += fmt::format(", merge_days = {}", part.merge_days);
  }
  text += fmt::format(", zero_amounts = {}", switches.zero_amounts ? "keep" : "drop");
  if (metric.uses.days) {
    text += fmt::format(", days = {}", switches.days);
  }
  if (metric.uses.window) {
    text += fmt::format(", window = {}", switches.window.value_or(switches.days));
  }
  if (metric.uses.yearly_rate) {
    text += fmt::format(", yearly_rate = {}", switches.yearly_rate);
  }
  lines.add({"switches", "开关"}, text);
}

std::string data_text(const Freshness& data, Date as_of) {
  std::string text = fmt::format("{} orders", data.orders);
  if (data.first_on && data.last_on) {
    text += fmt::format(", {} – {}", format_date(*data.first_on), format_date(*data.last_on));
  }
  text += fmt::format(", as_of {}", format_date(as_of));
  return data.data_version.empty() ? text : text + ", version " + data.data_version;
}

}  // namespace

Result<Answer> explain(const Question& question, const Freshness& data, Language language) {
  const Date last = data.last_on ? Date{data.last_on->days + 1} : kLastDate;
  const Date as_of = question.as_of.value_or(last);
  TRY(const CompiledQuery compiled, compile(question, as_of));
  Lines lines(language);
  for (const CompiledPart& part : compiled.parts) {
    for (const std::size_t position : part.metrics) {
      const Metric& metric = *question.metrics[position];
      lines.add({"metric", "指标"},
                fmt::format("{} ({})", metric.card.name, metric.card.title.in(language)));
      lines.add({"question", "问题"}, metric.card.question.in(language));
      lines.add({"formula", "公式"}, metric.card.method.in(language));
      add_switches(metric, question.switches, part, lines);
    }
    lines.add({"relation", "关系"}, part.relation);
    TRY(const std::string text, engine::render(part.query.text, part.query.params));
    lines.add({"query", "查询"}, text);
  }
  lines.add({"period", "时期"}, fmt::format("[{}, {})", format_date(question.period.from),
                                            format_date(question.period.to)));
  lines.add({"data", "数据"}, data_text(data, as_of));
  return std::move(lines).answer();
}

}  // namespace huitou::metrics
