#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <set>

#include "metrics/buckets.h"
#include "metrics/compile.h"

namespace huitou::metrics {
namespace {

constexpr std::size_t kMostBuckets = 4000;
constexpr std::size_t kMostDimensions = 3;
constexpr int kMostDays = 3650;
constexpr std::array<std::string_view, 7> kDimensions{
    "channel", "store_key", "region", "campaign", "source", "product_key", "category"};
constexpr std::size_t kOrderDimensions = 5;

Error invalid(std::string en, std::string hint, std::string zh, std::string hint_zh) {
  return Error{Code::invalid_input, std::move(en), std::move(hint), std::move(zh),
               std::move(hint_zh)};
}

std::string joined(std::span<const std::string_view> names) {
  return fmt::format("{}", fmt::join(names, ", "));
}

Status check_dimension(std::string_view name, bool lines) {
  const auto known = dimensions(lines);
  if (std::find(known.begin(), known.end(), name) != known.end()) {
    return {};
  }
  const bool of_lines =
      std::find(kDimensions.begin(), kDimensions.end(), name) != kDimensions.end();
  if (of_lines) {
    return invalid(fmt::format("The dimension '{}' belongs to order lines.", name),
                   "Ask for metrics of order lines only, such as same_product_repurchase_rate.",
                   fmt::format("维度“{}”属于订单明细。", name),
                   "请只选择订单明细的指标，例如 same_product_repurchase_rate。");
  }
  return invalid(fmt::format("There is no dimension '{}'.", name.substr(0, 100)),
                 fmt::format("Dimensions are {}.", joined(known)),
                 fmt::format("没有维度“{}”。", name.substr(0, 100)),
                 fmt::format("可用维度：{}。", joined(known)));
}

Status check_dimensions(const Question& question) {
  const bool lines = std::all_of(question.metrics.begin(), question.metrics.end(),
                                 [](const Metric* metric) { return metric->of_lines; });
  std::set<std::string> seen;
  for (const std::string& name : question.dimensions) {
    TRY(check_dimension(name, lines));
    if (!seen.insert(name).second) {
      return invalid(fmt::format("The dimension '{}' is given twice.", name), "Give it once.",
                     fmt::format("维度“{}”重复。", name), "请只给一次。");
    }
  }
  if (seen.size() > kMostDimensions) {
    return invalid(fmt::format("{} dimensions are too many.", seen.size()),
                   fmt::format("Give at most {}.", kMostDimensions),
                   fmt::format("{} 个维度太多。", seen.size()),
                   fmt::format("最多 {} 个。", kMostDimensions));
  }
  return check_filters(question.filters, lines);
}

Status check_switches(const Switches& switches) {
  const int window = switches.window.value_or(switches.days);
  for (const auto& [name, value] :
       {std::pair{"days", switches.days}, std::pair{"window", window}}) {
    if (value < 1 || value > kMostDays) {
      return invalid(fmt::format("{} is {}.", name, value),
                     fmt::format("Give a number of days from 1 to {}.", kMostDays),
                     fmt::format("{} 为 {}。", name, value),
                     fmt::format("请给出 1 到 {} 之间的天数。", kMostDays));
    }
  }
  if (!(switches.yearly_rate > -1 && switches.yearly_rate <= 10)) {
    return invalid(fmt::format("yearly_rate is {}.", switches.yearly_rate),
                   "Give a fraction, for example 0.1 for 10 % a year.",
                   fmt::format("yearly_rate 为 {}。", switches.yearly_rate),
                   "请给出小数，例如 0.1 表示每年 10%。");
  }
  return {};
}

}  // namespace

std::span<const std::string_view> dimensions(bool lines) {
  return std::span(kDimensions).first(lines ? kDimensions.size() : kOrderDimensions);
}

Status check_filters(std::span<const Filter> filters, bool lines) {
  for (const Filter& filter : filters) {
    TRY(check_dimension(filter.dimension, lines));
    if (filter.values.empty()) {
      return invalid(fmt::format("The filter on '{}' has no value.", filter.dimension),
                     "Give one value or more.", fmt::format("“{}”的筛选没有值。", filter.dimension),
                     "请给出至少一个值。");
    }
  }
  return {};
}

Status check_question(const Question& question) {
  const Period period = question.period;
  if (question.metrics.empty()) {
    return invalid("No metric is asked for.", "Name at least one.", "没有选择指标。",
                   "请至少给出一个。");
  }
  if (period.from >= period.to || period.from < kFirstDate || period.to > kLastDate) {
    const std::string span = format_date(period.from) + " – " + format_date(period.to);
    return invalid(fmt::format("The period {} has no days that can be asked for.", span),
                   "`to` is the day after the last one; days run from 1970-01-01 to 2106-02-06.",
                   fmt::format("时期 {} 内没有可查询的日期。", span),
                   "`to` 是最后一天的次日；日期范围为 1970-01-01 至 2106-02-06。");
  }
  if (question.by && buckets_of(question).size() > kMostBuckets) {
    return Error{
        Code::limit_reached,
        fmt::format("The series would have {} buckets, at most {} are given.",
                    buckets_of(question).size(), kMostBuckets),
        "Choose a coarser granularity or a shorter period.",
        fmt::format("序列将有 {} 段，最多 {} 段。", buckets_of(question).size(), kMostBuckets),
        "请选择更粗的粒度或更短的时期。"};
  }
  TRY(check_dimensions(question));
  return check_switches(question.switches);
}

}  // namespace huitou::metrics
