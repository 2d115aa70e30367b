#include "commands/period.h"

#include <fmt/format.h>

namespace huitou::commands {
namespace {

constexpr int kMonths = 12;

Error no_orders() {
  return {Code::not_enough_data, "There is no order yet.", "Load a file first: `huitou load FILE`.",
          "还没有订单。", "请先加载文件：`huitou load 文件`。"};
}

}  // namespace

Param from_param() {
  return {
      .name = "from",
      .type = ParamType::date,
      .doc = {
          "first day of the period; with --to alone: the first day with an order; with neither: "
          "the last twelve full months",
          "时段的第一天；只给 to 时为首个有订单的日期；都不给时为最近十二个完整月"}};
}

Param to_param() {
  return {.name = "to",
          .type = ParamType::date,
          .doc = {"day after the period; the day after the last order if only --from is given",
                  "时段结束的次日；只给 from 时为最后一个订单日的次日"}};
}

Result<Period> last_full_year(const metrics::Freshness& data) {
  if (!data.last_on) return no_orders();
  const Date end = step_start(Date{data.last_on->days + 1}, Granularity::month);
  return Period{add_steps(end, Granularity::month, -kMonths), end};
}

Result<Period> read_period(const Args& args, const metrics::Freshness& data) {
  const auto from = args.date("from");
  const auto to = args.date("to");
  if (!from && !to) return last_full_year(data);
  if ((!from || !to) && !data.last_on) return no_orders();
  const Period period{from ? *from : *data.first_on, to ? *to : Date{data.last_on->days + 1}};
  if (period.from < period.to) return period;
  return Error{Code::invalid_input,
               fmt::format("The period from {} to {} (not included) has no day.",
                           format_date(period.from), format_date(period.to)),
               "Choose from before to.",
               fmt::format("{} 至 {}（不含）之间没有日期。", format_date(period.from),
                           format_date(period.to)),
               "请让 from 早于 to。"};
}

}  // namespace huitou::commands
