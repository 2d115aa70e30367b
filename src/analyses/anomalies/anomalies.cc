#include <fmt/format.h>

#include <map>

#include "analyses/anomalies/change.h"
#include "analyses/common.h"

namespace huitou::analyses {

extern const Analysis anomalies;

namespace {

constexpr double kFalseAlarms = 0.05;

constexpr ColumnCard kColumns[] = {
    {"item", Unit::none, Role::dimension, {"Where", "对象"}},
    {"alarm", Unit::none, Role::detail, {"Alarm", "异常（英文）"}},
    {"alarm_zh", Unit::none, Role::detail, {"Alarm (Chinese)", "异常"}},
    {"ratio", Unit::number, Role::value, {"Times the expected rate", "相对预期的倍数"}},
    {"ratio_low", Unit::number, Role::low, {"Lower end (95 %)", "下限（95%）"}},
    {"ratio_high", Unit::number, Role::high, {"Upper end (95 %)", "上限（95%）"}},
    {"rate", Unit::ratio, Role::detail, {"Rate now", "当前比率"}},
    {"expected_rate", Unit::ratio, Role::detail, {"Expected", "预期比率"}},
    {"rate_before", Unit::ratio, Role::detail, {"Rate before", "之前比率"}},
    {"hits", Unit::count, Role::detail, {"Cases now", "当前件数"}},
    {"orders", Unit::count, Role::base, {"Orders now", "当前订单数"}},
    {"orders_before", Unit::count, Role::detail, {"Orders before", "之前订单数"}},
    {"q", Unit::number, Role::detail, {"q (false alarms)", "q 值（误报率）"}}};

enum class Of { refunds, complaints };
enum class By { channel, store, product, category, reason };

struct Choice {
  Of of = Of::refunds;
  By by = By::channel;
  Date begin;  ///< of the window
};

Result<Choice> read_choice(const Inputs& inputs, const Arguments& arguments) {
  TRY(const std::size_t of, arguments.choice("of"));
  TRY(const std::size_t by, arguments.choice("by"));
  TRY(const std::int64_t days, arguments.integer("days"));
  const Choice choice{static_cast<Of>(of), static_cast<By>(by),
                      Date{inputs.period.to.days - static_cast<std::int32_t>(days)}};
  if (choice.of == Of::refunds && choice.by == By::reason) {
    return invalid_input({"Refunds have no reason.", "退款没有原因字段。"},
                         {"Use by=store, channel, product or category.",
                          "请使用 by=store、channel、product 或 category。"});
  }
  if (choice.of == Of::complaints && choice.by != By::store && choice.by != By::reason) {
    return invalid_input(
        {"Tickets have a store and a reason, no product.", "工单只有门店和原因，没有商品。"},
        {"Use by=store or by=reason.", "请使用 by=store 或 by=reason。"});
  }
  if (choice.begin <= inputs.period.from) {
    return not_enough_data(
        {fmt::format("The last {} days leave nothing before them.", days),
         fmt::format("最近 {} 天之前没有可比的数据。", days)},
        {"Give an earlier from, or fewer days.", "请给出更早的 from，或减少 days。"});
  }
  return choice;
}

std::string column_of(By by) {
  switch (by) {
    case By::store:
      return "store_key";
    case By::channel:
      return "channel";
    case By::product:
      return "product_key";
    case By::category:
      return "category";
    case By::reason:
      return "reason";
  }
  return "";
}

/// The rows of one query of the period, orders counted before refunds.
Result<Frame> rows_of(const Inputs& inputs, const Choice& choice, std::string_view file,
                      const std::string& item) {
  Inputs paid = inputs;
  paid.status = schema::StatusPolicy::paid;
  TRY(const engine::Query query,
      build_query(
          paid, file,
          {{{"begin", choice.begin}, {"from", inputs.period.from}, {"to", inputs.period.to}},
           {{"item", item}}}));
  return inputs.engine.query(query);
}

using Places = std::map<std::string, Watched>;

Rate& rate_of(Places& places, const Frame& rows, std::size_t row) {
  const std::string name = rows.text("item", row).value_or("");
  Watched& place = places[name];
  place.name = name;
  return rows.at("now").integers()[row] == 1 ? place.now : place.before;
}

Result<Places> read_refunds(const Inputs& inputs, const Choice& choice) {
  const bool lines = choice.by == By::product || choice.by == By::category;
  TRY(const Frame rows,
      rows_of(inputs, choice, lines ? "anomalies/refunds_of_lines.sql" : "anomalies/refunds.sql",
              column_of(choice.by)));
  Places places;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    Rate& rate = rate_of(places, rows, row);
    rate.hits = rows.at("hits").integers()[row];
    rate.trials = rows.at("trials").integers()[row];
  }
  return places;
}

/// Complaints for each order of the store; of a reason, for each order at all.
Result<Places> read_complaints(const Inputs& inputs, const Choice& choice) {
  const bool by_store = choice.by == By::store;
  TRY(const Frame complaints,
      rows_of(inputs, choice, "anomalies/complaints.sql", column_of(choice.by)));
  TRY(const Frame orders,
      rows_of(inputs, choice, "anomalies/orders.sql", by_store ? "store_key" : "''"));
  Places places, trials;
  for (std::size_t row = 0; row < complaints.rows(); ++row) {
    rate_of(places, complaints, row).hits = complaints.at("hits").integers()[row];
  }
  for (std::size_t row = 0; row < orders.rows(); ++row) {
    rate_of(by_store ? places : trials, orders, row).trials = orders.at("trials").integers()[row];
  }
  for (auto& [name, place] : places) {
    if (by_store) break;
    place.before.trials = trials[""].before.trials;
    place.now.trials = trials[""].now.trials;
  }
  places.erase("");
  return places;
}

/// Without a change there are too few orders to judge.
void add_row(const Watched& place, const Change* change, Answer& answer) {
  auto& columns = answer.frame.columns;
  const auto of = [&](double Change::*member) {
    return change == nullptr ? std::nullopt : std::optional(change->*member);
  };
  const bool rise = change != nullptr && change->ratio > 1;
  const Words verdict = change == nullptr   ? Words{"too few orders", "订单太少"}
                        : !change->is_alarm ? Words{"as expected", "正常"}
                        : rise              ? Words{"risen", "异常升高"}
                                            : Words{"fallen", "异常降低"};
  columns[0].push_text(place.name);
  columns[1].push_text(verdict.en);
  columns[2].push_text(verdict.zh);
  push(columns[3], of(&Change::ratio));
  push(columns[4], of(&Change::low));
  push(columns[5], of(&Change::high));
  push(columns[6], place.now.value());
  push(columns[7], of(&Change::expected));
  push(columns[8], place.before.value());
  columns[9].push_integer(place.now.hits);
  columns[10].push_integer(place.now.trials);
  columns[11].push_integer(place.before.trials);
  push(columns[12], of(&Change::q));
}

Error nothing_to_watch(const Choice& choice) {
  const std::string column = column_of(choice.by);
  return not_enough_data({fmt::format("Nothing of the period has a {}.", column),
                          fmt::format("时段内的数据都没有 {} 字段。", column)},
                         {"Load it, watch something else, or widen the period.",
                          "请加载该字段，更换监测对象，或扩大时段。"});
}

Result<Answer> run(const Inputs& inputs) {
  const Arguments arguments(anomalies.params, inputs.values);
  TRY(const Choice choice, read_choice(inputs, arguments));
  TRY(const std::int64_t least, arguments.integer("least"));
  TRY(const Places places,
      choice.of == Of::refunds ? read_refunds(inputs, choice) : read_complaints(inputs, choice));
  std::vector<Watched> watched;
  std::int64_t hits = 0;
  for (const auto& [name, place] : places) {
    watched.push_back(place);
    hits += place.before.hits + place.now.hits;
  }
  const std::vector<Change> changes =
      hits == 0 ? std::vector<Change>{} : changes_of(watched, least, kFalseAlarms);
  if (watched.empty()) return nothing_to_watch(choice);
  Answer answer = empty_answer(kColumns, View::table);
  std::int64_t alarms = 0;
  std::vector<bool> judged(watched.size(), false);
  for (const Change& change : changes) {
    add_row(watched[change.at], &change, answer);
    judged[change.at] = true;
    alarms += change.is_alarm ? 1 : 0;
  }
  for (std::size_t at = 0; at < watched.size(); ++at) {
    if (!judged[at]) add_row(watched[at], nullptr, answer);
  }
  if (hits == 0) {
    answer.notes.push_back(
        {"no_cases",
         {"No refund or complaint was ever recorded here; load them to have this watched.",
          "从未记录过退款或投诉；加载后才能监测。"}});
  }
  const std::string begin = format_date(choice.begin);
  answer.notes.push_back(
      {"window",
       {fmt::format("From {} on against the time before: {} of {} differ; {} have too few orders.",
                    begin, alarms, changes.size(), watched.size() - changes.size()),
        fmt::format("{} 起与之前比较：{} 个对象中 {} 个异常；{} 个订单太少未判断。", begin,
                    changes.size(), alarms, watched.size() - changes.size())}});
  return answer;
}

std::vector<Param> make_params() {
  const auto whole = [](const char* name, Words doc, const char* fallback, double at_least,
                        double at_most) {
    return Param{.name = name,
                 .type = ParamType::integer,
                 .doc = doc,
                 .fallback = fallback,
                 .at_least = at_least,
                 .at_most = at_most};
  };
  return {
      {"of",
       ParamType::choice,
       {"orders with a refund, or complaints for each order", "有退款的订单占比，或每单投诉数"},
       "refunds",
       {"refunds", "complaints"}},
      {"by",
       ParamType::choice,
       {"where: refunds by store, channel, product or category; complaints by store or reason",
        "对象：退款可按门店、渠道、商品、品类；投诉可按门店、原因"},
       "channel",
       {"channel", "store", "product", "category", "reason"}},
      whole("days", {"the last so many days are watched", "监测最近多少天"}, "30", 1, 3650),
      whole("least",
            {"fewer orders before or in these days say nothing", "之前或当前订单少于此数则不判断"},
            "10", 5, 1000000)};
}

/// A refund is one whoever ordered.
bool counts_strangers(const Values&) { return true; }

}  // namespace

const Analysis anomalies{
    {"anomalies",
     {"Anomalies of experience", "体验异常"},
     {"Where have refunds or complaints risen more than everywhere else?",
      "哪些门店、商品或原因的退款、投诉异常升高？"},
     {"The rate of the last days over that before them, divided by the same of all other places: "
      "what rises everywhere is no alarm, nor are recent orders whose refunds are still to come. "
      "Interval (95 %) of the logarithm of this ratio by the delta method, half a case added to "
      "each part (Walter 1975). An alarm where q is at most 0.05: of all alarms at most 5 % are "
      "false on average (Benjamini & Hochberg 1995). The time before begins with the period.",
      "最近若干天的比率与之前比率之比，再除以其他对象的同一比值：普遍升高不算异常，近期订单尚未发生"
      "的"
      "退款也不会造成误判。95% 区间按该比值对数的 delta 方法计算，各项加半件（Walter 1975）。q ≤ "
      "0.05 判为异常：平均而言误报不超过全部警报的 5%（Benjamini & Hochberg "
      "1995）。对比时段从统计时段的第一天开始。"},
     View::table},
    make_params(),
    {std::begin(kColumns), std::end(kColumns)},
    run,
    counts_strangers};

}  // namespace huitou::analyses
