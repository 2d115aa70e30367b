// stages show, suggest, set, history: who is active, sleeping or lost in this shop.

#include <fmt/format.h>

#include <cmath>

#include "analyses/analyses.h"
#include "commands/list.h"
#include "commands/rows.h"
#include "commands/shop.h"
#include "identity/identity.h"

namespace huitou::commands {
namespace {

// Fewer gaps than that say little of their longest twentieth.
constexpr std::int64_t kLeastGaps = 50;
constexpr std::string_view kByHand = "hand";
constexpr std::string_view kFromGaps = "gaps";

/// The stages that the gaps of the shop suggest.
struct Suggestion {
  std::int64_t active_days = 0;
  std::int64_t sleeping_days = 0;
  std::vector<double> back;  ///< share of all that have come back by each day, the last is 1
  double returned = 0;       ///< of all purchases, those followed by another by the last day
  std::int64_t gaps = 0;
};

std::vector<ColumnCard> show_columns() {
  return {{"limit", Unit::none, Role::dimension, {"Limit", "设置项"}},
          {"value", Unit::count, Role::value, {"Value", "当前值"}},
          {"usual", Unit::count, Role::detail, {"By default", "默认值"}},
          {"doc_en", Unit::none, Role::detail, {"Meaning", "含义（英文）"}},
          {"doc_zh", Unit::none, Role::detail, {"Meaning (Chinese)", "含义"}}};
}

std::vector<ColumnCard> suggest_columns() {
  return {
      {"limit", Unit::none, Role::dimension, {"Limit", "设置项"}},
      {"value", Unit::days, Role::value, {"Now", "当前值"}},
      {"back_by_value", Unit::ratio, Role::detail, {"Have come back by then", "届时已回购占比"}},
      {"suggested", Unit::days, Role::value, {"Suggested", "建议值"}},
      {"back_by_suggested", Unit::ratio, Role::detail, {"Share asked for", "目标占比"}}};
}

std::vector<ColumnCard> history_columns() {
  std::vector<ColumnCard> columns{{"set_at", Unit::time, Role::dimension, {"Set", "设置时间"}},
                                  {"how", Unit::none, Role::detail, {"How", "方式（英文）"}},
                                  {"how_zh", Unit::none, Role::detail, {"How (Chinese)", "方式"}}};
  for (const stages::LimitCard& card : stages::limit_cards()) {
    columns.push_back({card.name, Unit::count, Role::value, card.title});
  }
  return columns;
}

/// Of the customers who come back within so many days, the shares that the limits stand for.
struct Shares {
  double active = 0;
  double sleeping = 0;
  std::int64_t within_days = 0;
};

Result<Shares> asked_shares(const Args& args) {
  const Shares shares{args.number("active_share"), args.number("sleeping_share"),
                      args.integer("within_days")};
  if (shares.active < shares.sleeping) return shares;
  return Error{
      Code::invalid_input,
      fmt::format("active_share is {} and sleeping_share {}.", shares.active, shares.sleeping),
      "Customers sleep later than they are active: give a larger sleeping_share.",
      fmt::format("active_share 为 {}，sleeping_share 为 {}。", shares.active, shares.sleeping),
      "沉睡应晚于活跃：请调大 sleeping_share。"};
}

Error too_few(std::int64_t gaps) {
  return {Code::not_enough_data,
          fmt::format("Stages from gaps need {} purchases that were followed by another; there are "
                      "{}.",
                      kLeastGaps, gaps),
          "Set the days by hand until there are more orders.",
          fmt::format("按购买间隔划分阶段至少需要 {} 次已等到下一次的购买；现有 {} 次。",
                      kLeastGaps, gaps),
          "请先手工设置天数，待订单增多后再试。"};
}

std::int64_t first_day_with(const std::vector<double>& back, double share) {
  std::size_t day = 0;
  while (day + 1 < back.size() && back[day] < share) ++day;
  return static_cast<std::int64_t>(day);
}

/// From the curve of repurchase_interval, which counts those still waiting as long as they were
/// watched: the gaps of those alone who came back already are too short.
Result<Suggestion> suggest(const Call& call, const Shares& shares) {
  TRY(const analyses::Analysis* analysis, analyses::find("repurchase_interval"));
  TRY(engine::IntegerList void_runs, identity::void_runs(*call.shop.store));
  TRY(const Answer curve,
      analyses::answer(*analysis, {.engine = *call.shop.engine,
                                   .values = {{"days", {std::to_string(shares.within_days)}}},
                                   .today = call.today,
                                   .currency = call.shop.settings.currency,
                                   .limits = call.shop.settings.limits,
                                   .void_runs = std::move(void_runs)}));
  Suggestion out;
  for (std::size_t day = 0; day < curve.frame.rows(); ++day) {
    out.back.push_back(curve.frame.real("returned", day).value_or(0));
    out.gaps += curve.frame.integer("followed", day).value_or(0);
  }
  if (out.gaps < kLeastGaps) return too_few(out.gaps);
  out.returned = out.back.back();
  for (double& share : out.back) share /= out.returned;
  out.active_days = first_day_with(out.back, shares.active);
  out.sleeping_days = first_day_with(out.back, shares.sleeping);
  return out;
}

Note stages_in_words(const stages::Limits& limits) { return {"stages", stages::meanings(limits)}; }

Result<Answer> shown(store::Store& store) {
  TRY(const stages::Limits limits, stages::kept(store));
  const stages::Limits usual;
  Frame frame;
  frame.columns = {
      make_column("limit", ColumnType::text), make_column("value", ColumnType::integer),
      make_column("usual", ColumnType::integer), make_column("doc_en", ColumnType::text),
      make_column("doc_zh", ColumnType::text)};
  for (const stages::LimitCard& card : stages::limit_cards()) {
    frame.columns[0].push_text(std::string(card.name));
    frame.columns[1].push_integer(limits.*card.value);
    frame.columns[2].push_integer(usual.*card.value);
    frame.columns[3].push_text(card.doc.en);
    frame.columns[4].push_text(card.doc.zh);
  }
  Answer answer = answer_of(std::move(frame), columns_of(show_columns()));
  answer.notes.push_back(stages_in_words(limits));
  return answer;
}

Result<Answer> show(const Call& call) { return shown(*call.shop.store); }

double back_by(const Suggestion& found, std::int64_t day) {
  const auto last = static_cast<std::int64_t>(found.back.size()) - 1;
  return found.back.at(static_cast<std::size_t>(std::min(day, last)));
}

Result<Answer> run_suggest(const Call& call) {
  TRY(const Shares shares, asked_shares(call.args));
  TRY(const Suggestion found, suggest(call, shares));
  TRY(const stages::Limits limits, stages::kept(*call.shop.store));
  Frame frame;
  frame.columns = {
      make_column("limit", ColumnType::text), make_column("value", ColumnType::integer),
      make_column("back_by_value", ColumnType::real), make_column("suggested", ColumnType::integer),
      make_column("back_by_suggested", ColumnType::real)};
  const auto row = [&](const char* name, std::int64_t now, std::int64_t suggested, double share) {
    frame.columns[0].push_text(name);
    frame.columns[1].push_integer(now);
    frame.columns[2].push_real(back_by(found, now));
    frame.columns[3].push_integer(suggested);
    frame.columns[4].push_real(share);
  };
  row("active_days", limits.active_days, found.active_days, shares.active);
  row("sleeping_days", limits.sleeping_days, found.sleeping_days, shares.sleeping);
  Answer answer = answer_of(std::move(frame), columns_of(suggest_columns()));
  const auto days = static_cast<std::int64_t>(found.back.size()) - 1;
  answer.notes.push_back(
      {"gaps",
       {fmt::format("Of all purchases {:.1f} % are followed by another within {} days (those still "
                    "waiting are counted as long as they were watched). Of these, {:g} % came "
                    "within {} days and {:g} % within {}.",
                    found.returned * 100, days, shares.active * 100, found.active_days,
                    shares.sleeping * 100, found.sleeping_days),
        fmt::format("全部购买中有 {:.1f}% 会在 {} 天内等到下一次（仍在等待者按已观察时长计入）；"
                    "其中 {:g}% 在 {} 天内，{:g}% 在 {} 天内。",
                    found.returned * 100, days, shares.active * 100, found.active_days,
                    shares.sleeping * 100, found.sleeping_days)}});
  return answer;
}

Result<Answer> set(const Call& call) {
  TRY(stages::Limits limits, stages::kept(*call.shop.store));
  const bool from_gaps = call.args.boolean("from_gaps");
  if (from_gaps) {
    TRY(const Shares shares, asked_shares(call.args));
    TRY(const Suggestion found, suggest(call, shares));
    limits.active_days = found.active_days;
    limits.sleeping_days = found.sleeping_days;
  }
  for (const stages::LimitCard& card : stages::limit_cards()) {
    if (call.args.has(card.name)) limits.*card.value = call.args.integer(card.name);
  }
  TRY(stages::keep(
      *call.shop.store,
      {.limits = limits, .how = std::string(from_gaps ? kFromGaps : kByHand), .now = call.now}));
  return shown(*call.shop.store);
}

Result<Answer> history(const Call& call) {
  TRY(const Frame lines, stages::history(*call.shop.store));
  Frame frame;
  frame.columns = {make_column("set_at", ColumnType::time), make_column("how", ColumnType::text),
                   make_column("how_zh", ColumnType::text)};
  for (const stages::LimitCard& card : stages::limit_cards()) {
    frame.columns.push_back(make_column(std::string(card.name), ColumnType::integer));
  }
  for (std::size_t row = 0; row < lines.rows(); ++row) {
    const bool by_hand = lines.text("how", row) == kByHand;
    frame.columns[0].push_integer(lines.integer("set_at", row).value_or(0));
    frame.columns[1].push_text(by_hand ? "by hand" : "from the gaps");
    frame.columns[2].push_text(by_hand ? "手工" : "按购买间隔");
    for (std::size_t i = 3; i < frame.columns.size(); ++i) {
      frame.columns[i].push_integer(lines.integer(frame.columns[i].name, row).value_or(0));
    }
  }
  Answer answer = answer_of(std::move(frame), columns_of(history_columns()));
  if (lines.rows() == 0) {
    answer.notes.push_back(
        {"usual",
         {"The stages were never set: the defaults hold.", "尚未设置过阶段：采用默认值。"}});
  }
  return answer;
}

std::vector<Param> share_params() {
  return {{.name = "active_share",
           .type = ParamType::number,
           .doc = {"of those who come back, this share does while active",
                   "会回购的客户中，活跃期内回购的比例"},
           .fallback = "0.75",
           .at_least = 0.05,
           .at_most = 0.99},
          {.name = "sleeping_share",
           .type = ParamType::number,
           .doc = {"and this share before they are lost", "流失之前回购的比例"},
           .fallback = "0.95",
           .at_least = 0.06,
           .at_most = 0.999},
          {.name = "within_days",
           .type = ParamType::integer,
           .doc = {"who has not come back by then does not count as coming back",
                   "超过该天数未回购的，不算会回购"},
           .fallback = "365",
           .at_least = 30,
           .at_most = 3650}};
}

std::vector<Param> set_params() {
  std::vector<Param> params = stages::limit_params();
  params.push_back({.name = "from_gaps",
                    .type = ParamType::boolean,
                    .doc = {"take active_days and sleeping_days from the gaps between orders, as "
                            "`stages suggest` says",
                            "按购买间隔确定 active_days 与 sleeping_days，同 `stages suggest`"},
                    .fallback = "false"});
  for (Param& param : share_params()) params.push_back(std::move(param));
  return params;
}

const Command show_command{
    .name = "stages show",
    .title = {"Stages of customers", "客户阶段设置"},
    .doc = {"After how many days without an order customers are no longer active, and when they "
            "are lost. Analyses, rules and the customer's page use the same.",
            "多少天未下单后不再算活跃、何时算流失。分析、规则与客户页使用同一设置。"},
    .live = true,
    .columns = show_columns(),
    .examples = {"huitou stages show"},
    .run = show,
};

const Command suggest_command{
    .name = "stages suggest",
    .title = {"Stages from the gaps of the shop", "按购买间隔建议阶段"},
    .doc = {"What the days would be if active customers were those within which most of those who "
            "come back do so. Changes nothing.",
            "若以“会回购的客户大多在此之前回购”为界，各阶段应为多少天。不做任何改动。"},
    .live = true,
    .params = share_params(),
    .columns = suggest_columns(),
    .examples = {"huitou stages suggest", "huitou stages suggest --active-share 0.8"},
    .run = run_suggest,
};

const Command set_command{
    .name = "stages set",
    .title = {"Set the stages", "设置客户阶段"},
    .doc = {"Sets the days of the stages, by hand or from the gaps of the shop; what is not given "
            "stays. Holds at once for analyses, rules and customers' pages, and for the profile "
            "with its next refresh; what was set before stays in the history.",
            "手工或按购买间隔设置各阶段的天数；未给出的保持不变。对分析、规则与客户页立即生效，"
            "客户画像在下次刷新后生效；以往设置保留在历史中。"},
    .kind = Kind::job,
    .params = set_params(),
    .columns = show_columns(),
    .examples = {"huitou stages set --active-days 60 --sleeping-days 150",
                 "huitou stages set --from-gaps", "huitou stages set --first-days 30"},
    .run = set,
};

const Command history_command{
    .name = "stages history",
    .title = {"When the stages were set", "客户阶段设置历史"},
    .doc = {"What the stages were set to, newest first.", "客户阶段的历次设置，新的在前。"},
    .live = true,
    .columns = history_columns(),
    .examples = {"huitou stages history"},
    .run = history,
};

}  // namespace

std::vector<const Command*> stages_commands() {
  return {&show_command, &suggest_command, &set_command, &history_command};
}

}  // namespace huitou::commands
