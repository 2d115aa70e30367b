#include <fmt/format.h>

#include <algorithm>

#include "analyses/happenings.h"
#include "analyses/service/times.h"
#include "math/interval.h"
#include "math/survival.h"

namespace huitou::analyses {

extern const Analysis service;

namespace {

constexpr ColumnCard kColumns[] = {
    {"part", Unit::none, Role::dimension, {"Tickets", "范围（英文）"}},
    {"part_zh", Unit::none, Role::detail, {"Tickets (Chinese)", "范围"}},
    {"csat", Unit::ratio, Role::value, {"Satisfied (4, 5 of 5)", "满意率（4、5 分）"}},
    {"csat_low", Unit::ratio, Role::low, {"Lower end (95 %)", "下限（95%）"}},
    {"csat_high", Unit::ratio, Role::high, {"Upper end (95 %)", "上限（95%）"}},
    {"answers", Unit::count, Role::base, {"Answers", "评分数"}},
    {"answered_share", Unit::ratio, Role::detail, {"Tickets with an answer", "有评分的工单占比"}},
    {"tickets", Unit::count, Role::detail, {"Tickets", "工单数"}},
    {"reply_minutes_p50",
     Unit::number,
     Role::detail,
     {"First reply, median minutes", "首次响应分钟数（中位数）"}},
    {"reply_minutes_p90",
     Unit::number,
     Role::detail,
     {"First reply, 90 % within", "首次响应分钟数（90% 分位）"}},
    {"replied_share", Unit::ratio, Role::detail, {"Replied to", "已响应占比"}},
    {"close_minutes_p50",
     Unit::number,
     Role::detail,
     {"Closed, median minutes", "解决分钟数（中位数）"}},
    {"close_minutes_p90",
     Unit::number,
     Role::detail,
     {"Closed, 90 % within", "解决分钟数（90% 分位）"}},
    {"closed_share", Unit::ratio, Role::detail, {"Closed", "已解决占比"}},
    {"complaint_share", Unit::ratio, Role::detail, {"Complaints among tickets", "投诉占工单比例"}},
    {"complaints", Unit::count, Role::detail, {"Complaints", "投诉数"}}};

/// Beside the columns above where a target is given.
constexpr ColumnCard kReplyWithin{"reply_within_share",
                                  Unit::ratio,
                                  Role::detail,
                                  {"First reply within the target", "首次响应达标率"}};
constexpr ColumnCard kCloseWithin{
    "close_within_share", Unit::ratio, Role::detail, {"Closed within the target", "解决达标率"}};

/// One of the things that are known of a ticket: how often each value occurs, and how often there
/// is none.
struct Seen {
  std::map<std::int64_t, std::int64_t> counts;
  std::int64_t missing = 0;

  std::int64_t known() const {
    std::int64_t sum = 0;
    for (const auto& [value, count] : counts) {
      sum += count;
    }
    return sum;
  }
  std::int64_t between(std::int64_t low, std::int64_t high) const {
    std::int64_t sum = 0;
    for (const auto& [value, count] : counts) {
      sum += value >= low && value <= high ? count : 0;
    }
    return sum;
  }
  std::optional<double> quantile(double p) const {
    std::vector<math::ValueCount> values;
    for (const auto& [value, count] : counts) {
      values.push_back({value, count});
    }
    return math::quantile_of_counts(values, p);
  }
};

struct Group {
  std::map<std::string, Seen> whats;
  std::int64_t tickets() { return whats["reply"].known() + whats["reply"].missing; }
};

using Groups = std::map<std::string, Group>;

/// Minutes that a reply and the closing should take at most; none: nobody asked.
struct Targets {
  std::optional<std::int64_t> reply;
  std::optional<std::int64_t> close;
};

Result<std::optional<std::int64_t>> read_target(const Arguments& arguments, std::string_view name) {
  if (arguments.text(name).empty()) return std::optional<std::int64_t>();
  TRY(const std::int64_t minutes, arguments.integer(name));
  return std::optional(minutes);
}

std::int64_t seconds_of(std::optional<std::int64_t> minutes) {
  return minutes ? 60 * *minutes : -1;
}

struct Asked {
  Parts parts;
  Clock clock;
  Targets targets;
};

Result<Groups> read_groups(const Inputs& inputs, const Asked& asked) {
  const Period period = happenings_period(inputs);
  engine::Params params = asked.clock.params;
  params.emplace("begin", period.from);
  params.emplace("end", period.to);
  params.emplace("reply_target", seconds_of(asked.targets.reply));
  params.emplace("close_target", seconds_of(asked.targets.close));
  TRY(const engine::Query query,
      build_query(inputs, "service/tickets.sql",
                  {std::move(params), {{"group", asked.parts.sql}, {"clock", asked.clock.sql}}}));
  TRY(const Frame rows, inputs.engine.query(query));
  Groups groups;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    Seen& values =
        groups[rows.text("part", row).value_or("")].whats[rows.text("what", row).value_or("")];
    const std::int64_t value = rows.at("value").integers()[row];
    const std::int64_t tickets = rows.at("tickets").integers()[row];
    value < 0 ? values.missing += tickets : values.counts[value] += tickets;
  }
  return groups;
}

void push_times(const Seen& times, std::int64_t tickets, Column* columns) {
  push(columns[0], times.quantile(0.5));
  push(columns[1], times.quantile(0.9));
  push(columns[2], ratio(times.known(), tickets));
}

void add_row(const Parts& parts, const std::string& name, Group& group, Answer& answer) {
  auto& columns = answer.frame.columns;
  const std::int64_t tickets = group.tickets();
  const std::int64_t answers = group.whats["score"].between(1, 5);
  const std::int64_t satisfied = group.whats["score"].between(4, 5);
  const auto interval = answers == 0 ? std::nullopt
                                     : std::optional(math::wilson({static_cast<double>(satisfied),
                                                                   static_cast<double>(answers)}));
  columns[0].push_text(part_name(parts, name, false));
  columns[1].push_text(part_name(parts, name, true));
  push(columns[2], ratio(satisfied, answers));
  push(columns[3], interval ? std::optional(interval->low) : std::nullopt);
  push(columns[4], interval ? std::optional(interval->high) : std::nullopt);
  columns[5].push_integer(answers);
  push(columns[6], ratio(answers, tickets));
  columns[7].push_integer(tickets);
  push_times(group.whats["reply"], tickets, &columns[8]);
  push_times(group.whats["close"], tickets, &columns[11]);
  const Seen& complaints = group.whats["complaint"];
  push(columns[14], ratio(complaints.between(1, 1), complaints.known()));
  push(columns[15],
       complaints.known() == 0 ? std::nullopt : std::optional(complaints.between(1, 1)));
}

/// Does any ticket at all have this time? Where none has, it is not recorded.
bool is_known(Groups& groups, const char* what) {
  return std::any_of(groups.begin(), groups.end(),
                     [&](auto& group) { return group.second.whats[what].known() > 0; });
}

struct Target {
  std::optional<std::int64_t> minutes;
  ColumnCard card;
  const char* what;    ///< the time
  const char* within;  ///< and whether it was within the target
};

/// The share within the target, of the tickets of which that is decided.
void add_target(const Target& target, Groups& groups, Answer& answer) {
  if (!target.minutes) return;
  answer.columns.push_back(columns_of(std::span(&target.card, 1)).front());
  Column& column = answer.frame.columns.emplace_back(
      make_column(std::string(target.card.name), ColumnType::real));
  const bool known = is_known(groups, target.what);
  for (auto& [name, group] : groups) {
    const Seen& seen = group.whats[target.within];
    push(column, known ? ratio(seen.between(1, 1), seen.known()) : std::nullopt);
  }
  answer.notes.push_back(
      {"target",
       {fmt::format("{} (at most {} minutes): of the tickets that had it in time or too late, or "
                    "still wait though the time is over.",
                    target.card.label.en, with_commas(*target.minutes)),
        fmt::format("{}（不超过 {} 分钟）：分母为已按时、已超时，以及仍在等待但已超时的工单。",
                    target.card.label.zh, with_commas(*target.minutes))}});
}

Result<Answer> run(const Inputs& inputs) {
  const Arguments arguments(service.params, inputs.values);
  TRY(arguments.choice("by"));
  TRY(arguments.choice("clock"));
  Targets targets;
  TRY(targets.reply, read_target(arguments, "reply_target"));
  TRY(targets.close, read_target(arguments, "close_target"));
  TRY(Clock clock, clock_of(inputs, happenings_period(inputs), arguments.text("clock") == "wall"));
  const Asked asked{parts_of(arguments.text("by"), "opened_on"), std::move(clock), targets};
  TRY(Groups groups, read_groups(inputs, asked));
  if (groups.empty()) {
    const std::string day = format_date(inputs.period.to);
    return not_enough_data({fmt::format("There is no service ticket before {}.", day),
                            fmt::format("{} 之前没有服务工单。", day)},
                           {"Load tickets, or widen the period.", "请加载工单，或扩大时段。"});
  }
  Answer answer = empty_answer(kColumns, asked.parts.by_month ? View::curve : View::bars);
  for (auto& [name, group] : groups) {
    add_row(asked.parts, name, group, answer);
  }
  answer.notes.push_back(asked.clock.note);
  add_target({targets.reply, kReplyWithin, "reply", "reply_within"}, groups, answer);
  add_target({targets.close, kCloseWithin, "close", "close_within"}, groups, answer);
  return answer;
}

std::vector<Param> make_params() {
  constexpr double kYearMinutes = 366.0 * 24 * 60;
  return {{"by",
           ParamType::choice,
           {"all tickets together, by month, reason, channel or store",
            "合计，或按月、原因、渠道、门店"},
           "all",
           {"all", "month", "reason", "channel", "store"}},
          {"clock",
           ParamType::choice,
           {"times in business hours, where the shop has set them, or by the clock on the wall",
            "时长按工作时间（店铺已设置时），或按自然时间"},
           "business",
           {"business", "wall"}},
          {.name = "reply_target",
           .type = ParamType::integer,
           .doc = {"minutes: also give the share whose first reply came within them",
                   "分钟：另给出首次响应在此时限内的占比"},
           .at_least = 1,
           .at_most = kYearMinutes},
          {.name = "close_target",
           .type = ParamType::integer,
           .doc = {"minutes: also give the share that was closed within them",
                   "分钟：另给出在此时限内解决的占比"},
           .at_least = 1,
           .at_most = kYearMinutes}};
}

}  // namespace

const Analysis service{
    {"service",
     {"Service and satisfaction", "服务与满意度"},
     {"How fast are customers answered, how satisfied are they afterwards, and where do complaints "
      "come from?",
      "客户多久得到响应，处理后是否满意，投诉来自哪里？"},
     {"CSAT: answers of 4 and 5 / answers from 1 to 5, with Wilson's interval; tickets without an "
      "answer are not in it, their share stands beside it. Times: median and 90 % quantile (type "
      "7) "
      "of the minutes from opening to first reply and to closing, within business hours where they "
      "are set. Complaints / tickets of which it "
      "is known whether they are complaints.",
      "满意率 = 4、5 分评分数 / 1 至 5 分评分数，附 Wilson "
      "区间；未评分的工单不计入，其占比另列。时长：从建单到首次响应、到解决的分钟数的中位数与 90% "
      "分位数（第 7 类），已设置工作时间时只计其中的分钟。投诉占比 = 投诉数 / "
      "已知是否投诉的工单数。"},
     View::bars},
    make_params(),
    {std::begin(kColumns), std::end(kColumns)},
    run,
    nullptr,
    false};

}  // namespace huitou::analyses
