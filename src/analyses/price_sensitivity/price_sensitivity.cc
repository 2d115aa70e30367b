#include <fmt/format.h>

#include <array>

#include "analyses/common.h"
#include "math/binomial.h"

// Few orders tell little: of customers who all take a discount as often as the shop's average does,
// some will have had one every time. So each group stands beside the share of customers that chance
// alone would put there.

namespace huitou::analyses {

extern const Analysis price_sensitivity;

namespace {

constexpr std::int64_t kLeastCustomers = 20;

enum class By { orders, amount };

/// As the engine numbers them.
enum Dependence : std::size_t { kTooFew, kFullPrice, kMixed, kDependent, kGroups };
constexpr Dependence kShown[] = {kDependent, kMixed, kFullPrice, kTooFew};

struct GroupCard {
  Words name;
  Words next_action;
};
/// In the order of Dependence.
constexpr GroupCard kCards[] = {
    {{"Too few orders to tell", "订单太少，无法判断"},
     {"Nothing yet: wait for more orders.", "暂不判断，等待更多订单。"}},
    {{"Full price", "全价客户"},
     {"Spare the discount: new things, service and points instead.",
      "不必打折：以新品、服务与积分维系。"}},
    {{"Mixed", "混合"},
     {"Give discounts with a purpose: a second category, a larger basket.",
      "有目的地用券：带动第二品类或更大客单。"}},
    {{"Dependent on discounts", "折扣依赖"},
     {"Test smaller discounts and thresholds against a held-out group before giving more.",
      "先对照留出组测试更小的折扣与门槛，再决定是否加码。"}}};

constexpr ColumnCard kColumns[] = {
    {"group", Unit::none, Role::dimension, {"Group", "分组（英文）"}},
    {"group_zh", Unit::none, Role::detail, {"Group (Chinese)", "分组"}},
    {"customers_share", Unit::ratio, Role::value, {"Share of customers", "客户占比"}},
    {"amount_share", Unit::ratio, Role::value, {"Share of the amount", "金额占比"}},
    {"customers", Unit::count, Role::base, {"Customers", "客户数"}},
    {"by_chance_share",
     Unit::ratio,
     Role::detail,
     {"By chance alone, share of customers", "若只凭偶然的客户占比"}},
    {"discounted_share", Unit::ratio, Role::detail, {"Orders with a discount", "有折扣的订单占比"}},
    {"discount_rate", Unit::ratio, Role::detail, {"Discount of the list price", "折扣占原价"}},
    {"orders", Unit::count, Role::detail, {"Orders", "订单数"}},
    {"amount_minor", Unit::minor, Role::detail, {"Amount", "金额"}},
    {"amount_per_customer_minor", Unit::minor, Role::detail, {"Amount per customer", "客单价"}},
    {"margin_rate",
     Unit::ratio,
     Role::detail,
     {"Margin of orders with known cost", "毛利率（成本已知的订单）"}},
    {"next_action", Unit::none, Role::detail, {"What to do next", "建议动作（英文）"}},
    {"next_action_zh", Unit::none, Role::detail, {"What to do next (Chinese)", "建议动作"}}};

constexpr ColumnCard kListColumns[] = {
    {"customer_id", Unit::count, Role::detail, {"Customer", "客户编号"}},
    {"customer_key", Unit::none, Role::dimension, {"Customer key", "客户标识"}},
    {"orders", Unit::count, Role::detail, {"Orders", "订单数"}},
    {"discounted_orders", Unit::count, Role::detail, {"With a discount", "有折扣的订单"}},
    {"spent_minor", Unit::minor, Role::value, {"Amount", "金额"}},
    {"saved_minor", Unit::minor, Role::detail, {"Discounts", "折扣金额"}}};

/// The shop's own level and where the groups begin.
struct Level {
  By by = By::orders;
  std::int64_t least = 0;
  double share = 0;
  double high = 0;
  double low = 0;
};

struct Sums {
  std::int64_t customers = 0;
  std::int64_t orders = 0;
  std::int64_t discounted = 0;
  std::int64_t spent = 0;
  std::int64_t list = 0;
  std::int64_t saved = 0;
  std::int64_t kept = 0;
  std::int64_t margin = 0;
  double by_chance = 0;  ///< customers that chance alone would put here
};

struct Groups {
  std::array<Sums, kGroups> sums{};
  std::int64_t customers = 0;
  std::int64_t spent = 0;
};

Error nothing_to_tell(std::int64_t orders, std::int64_t discounted) {
  const bool none = discounted == 0;
  return not_enough_data(
      {fmt::format("{} of {} orders has a discount.", none ? "None" : "Every one",
                   with_commas(orders)),
       fmt::format("{} 笔订单{}有折扣。", with_commas(orders), none ? "都没" : "全部")},
      {"Load orders with a discount column, or widen the period.",
       "请加载带折扣列的订单，或扩大时段。"});
}

QueryParts parts_of(const Inputs& inputs, const Level& level) {
  const bool orders = level.by == By::orders;
  return {{{"from", inputs.period.from},
           {"to", inputs.period.to},
           {"least", level.least},
           {"high", level.high},
           {"low", level.low}},
          {{"part", orders ? "discounted_orders" : "discounted_spent_minor"},
           {"whole", orders ? "orders" : "spent_minor"}}};
}

Result<Level> read_level(const Inputs& inputs, const Arguments& arguments) {
  Level level;
  TRY(const std::size_t by, arguments.choice("by"));
  TRY(const std::size_t threshold, arguments.choice("threshold"));
  TRY(const std::int64_t high, arguments.integer("high"));
  TRY(const std::int64_t low, arguments.integer("low"));
  TRY(level.least, arguments.integer("min_orders"));
  level.by = static_cast<By>(by);
  if (low >= high) {
    return invalid_input({fmt::format("low is {} and high {}.", low, high),
                          fmt::format("low 为 {}，high 为 {}。", low, high)},
                         {"The share of the dependent is larger: give a larger high.",
                          "折扣依赖的占比应更大：请调大 high。"});
  }
  TRY(const engine::Query query,
      build_query(inputs, "price_sensitivity/level.sql", parts_of(inputs, level)));
  TRY(const Frame frame, inputs.engine.query(query));
  CHECK(frame.rows() == 1);
  const auto number = [&](std::string_view name) { return frame.integer(name, 0).value_or(0); };
  if (number("customers") < kLeastCustomers) {
    return not_enough_data(
        {fmt::format("price_sensitivity needs {} customers; this selection has {}.",
                     kLeastCustomers, number("customers")),
         fmt::format("价格敏感度分析至少需要 {} 位客户；当前范围只有 {} 位。", kLeastCustomers,
                     number("customers"))},
        {"Widen the period or choose another status.", "请扩大时段，或更换 status。"});
  }
  const std::int64_t orders = number("orders");
  if (number("discounted_orders") == 0 || number("discounted_orders") == orders) {
    return nothing_to_tell(orders, number("discounted_orders"));
  }
  const auto share = level.by == By::orders
                         ? ratio(number("discounted_orders"), orders)
                         : ratio(number("discounted_spent_minor"), number("spent_minor"));
  level.share = share.value_or(0);
  const bool own = threshold == 1;
  level.high = own ? static_cast<double>(high) / 100 : (1 + level.share) / 2;
  level.low = own ? static_cast<double>(low) / 100 : level.share / 2;
  return level;
}

/// The chance that a customer of so many orders, who takes discounts as the shop does, gets here.
double chance_of(Dependence group, std::int64_t orders, const Level& level) {
  double chance = 0;
  for (std::int64_t hits = 0; hits <= orders; ++hits) {
    const double share = static_cast<double>(hits) / static_cast<double>(orders);
    const Dependence there = share >= level.high  ? kDependent
                             : share <= level.low ? kFullPrice
                                                  : kMixed;
    chance += there == group ? math::binomial_between(hits, hits, orders, level.share) : 0;
  }
  return chance;
}

void add_row(const Frame& rows, std::size_t row, const Level& level, Groups& groups) {
  const auto number = [&](std::string_view name) { return rows.at(name).integers()[row]; };
  const auto group = static_cast<std::size_t>(number("dependence"));
  const std::int64_t customers = number("customers");
  const std::int64_t orders = number("orders");
  Sums& sums = groups.sums.at(group);
  sums.customers += customers;
  sums.orders += orders * customers;
  sums.discounted += number("discounted");
  sums.spent += number("spent");
  sums.list += number("list");
  sums.saved += number("saved");
  sums.kept += number("kept");
  sums.margin += number("margin");
  groups.customers += customers;
  groups.spent += number("spent");
  if (group == kTooFew) {
    sums.by_chance += static_cast<double>(customers);
    return;
  }
  for (const Dependence there : {kFullPrice, kMixed, kDependent}) {
    groups.sums.at(there).by_chance +=
        static_cast<double>(customers) * chance_of(there, orders, level);
  }
}

Result<Groups> read_groups(const Inputs& inputs, const Level& level) {
  TRY(const engine::Query query,
      build_query(inputs, "price_sensitivity/groups.sql", parts_of(inputs, level)));
  TRY(const Frame rows, inputs.engine.query(query));
  Groups groups;
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    add_row(rows, row, level, groups);
  }
  if (groups.sums[kTooFew].customers == groups.customers) {
    return not_enough_data({fmt::format("None of {} customers has {} orders.",
                                        with_commas(groups.customers), level.least),
                            fmt::format("{} 位客户中没有人达到 {} 笔订单。",
                                        with_commas(groups.customers), level.least)},
                           {"Widen the period or ask for fewer orders (min_orders).",
                            "请扩大时段，或调小 min_orders。"});
  }
  return groups;
}

Answer table_of(const Groups& groups, const Level& level) {
  Answer answer = empty_answer(kColumns, View::bars);
  Frame& frame = answer.frame;
  frame.at("amount_per_customer_minor") =
      make_column("amount_per_customer_minor", ColumnType::real);
  for (const Dependence group : kShown) {
    const Sums& sums = groups.sums.at(group);
    frame.at("group").push_text(kCards[group].name.en);
    frame.at("group_zh").push_text(kCards[group].name.zh);
    push(frame.at("customers_share"), ratio(sums.customers, groups.customers));
    push(frame.at("amount_share"), ratio(sums.spent, groups.spent));
    frame.at("customers").push_integer(sums.customers);
    push(frame.at("by_chance_share"),
         level.by == By::orders
             ? std::optional(sums.by_chance / static_cast<double>(groups.customers))
             : std::nullopt);
    push(frame.at("discounted_share"), ratio(sums.discounted, sums.orders));
    push(frame.at("discount_rate"), ratio(sums.saved, sums.list));
    frame.at("orders").push_integer(sums.orders);
    frame.at("amount_minor").push_integer(sums.spent);
    push(frame.at("amount_per_customer_minor"), ratio(sums.spent, sums.customers));
    push(frame.at("margin_rate"), ratio(sums.margin, sums.kept));
    frame.at("next_action").push_text(kCards[group].next_action.en);
    frame.at("next_action_zh").push_text(kCards[group].next_action.zh);
  }
  return answer;
}

void add_notes(const Level& level, std::vector<Note>& notes) {
  const auto percent = [](double share) { return short_number(100 * share); };
  const bool orders = level.by == By::orders;
  notes.push_back(
      {"shop_level",
       {fmt::format("{} % of the {} of all customers had a discount. Dependent: {} % or more; full "
                    "price: {} % or less; told apart from {} orders.",
                    percent(level.share), orders ? "orders" : "amount", percent(level.high),
                    percent(level.low), level.least),
        fmt::format(
            "全店 {}% 的{}有折扣。折扣依赖：不低于 {}%；全价：不高于 {}%；满 {} 笔订单才判断。",
            percent(level.share), orders ? "订单" : "金额", percent(level.high), percent(level.low),
            level.least)}});
  if (orders) {
    notes.push_back(
        {"by_chance",
         {"By chance alone: where customers would be if every order had a discount with the shop's "
          "own probability. What is above that tells of customers.",
          "只凭偶然：若每笔订单都以全店的概率享有折扣，客户会落在哪里。超出的部分才说明客户的偏好"
          "。"}});
  }
}

Result<Answer> list_of(const Inputs& inputs, const Level& level, std::size_t group,
                       std::int64_t limit) {
  QueryParts parts = parts_of(inputs, level);
  parts.params["dependence"] = static_cast<std::int64_t>(group);
  parts.params["limit"] = limit;
  TRY(const engine::Query query,
      build_query(inputs, "price_sensitivity/members.sql", std::move(parts)));
  TRY(const Frame rows, inputs.engine.query(query));
  Answer answer = empty_answer(kListColumns, View::table);
  answer.columns[0].unit = Unit::none;
  answer.frame.append(rows);
  return answer;
}

Result<Answer> run(const Inputs& inputs) {
  const Arguments arguments(price_sensitivity.params, inputs.values);
  TRY(const std::size_t listed, arguments.choice("group"));
  TRY(const std::int64_t limit, arguments.integer("limit"));
  TRY(const Level level, read_level(inputs, arguments));
  TRY(const Groups groups, read_groups(inputs, level));
  Answer answer = table_of(groups, level);
  if (listed > 0) {
    TRY(answer, list_of(inputs, level, kShown[listed - 1], limit));
  }
  add_notes(level, answer.notes);
  return answer;
}

Param whole_number(std::string_view name, Words doc, std::string_view fallback, double at_least,
                   double at_most) {
  return {.name = name,
          .type = ParamType::integer,
          .doc = doc,
          .fallback = fallback,
          .at_least = at_least,
          .at_most = at_most};
}

std::vector<Param> make_params() {
  return {
      {"by",
       ParamType::choice,
       {"dependence is the share of orders, or of the amount, with a discount",
        "折扣依赖按订单占比或金额占比计算"},
       "orders",
       {"orders", "amount"}},
      {"threshold",
       ParamType::choice,
       {"groups by the shop's own level (half-way to always, half of it), or by own percentages",
        "按全店水平划分（到 100% 的一半处、其一半处），或自定百分比"},
       "shop",
       {"shop", "own"}},
      whole_number("high",
                   {"own: dependent from so many percent", "自定：不低于百分之几为折扣依赖"}, "80",
                   1, 100),
      whole_number("low", {"own: full price up to so many percent", "自定：不高于百分之几为全价"},
                   "20", 0, 99),
      whole_number("min_orders",
                   {"customers with fewer orders are not told apart", "订单少于此数的客户不判断"},
                   "3", 1, 1000),
      {"group",
       ParamType::choice,
       {"list the customers of this group instead", "改为列出该组的客户"},
       "none",
       {"none", "dependent", "mixed", "full_price", "too_few"}},
      whole_number("limit",
                   {"how many customers are listed, highest amounts first",
                    "列出的客户数上限，金额高者在前"},
                   "100", 1, 10000)};
}

}  // namespace

const Analysis price_sensitivity{
    {"price_sensitivity",
     {"Price sensitivity", "价格敏感度"},
     {"Who buys only at a discount, who pays the full price anyway, and what is each group worth?",
      "谁只在打折时购买，谁本来就按全价购买？每类客户贡献了多少？"},
     {"Per customer with enough orders: orders (or amount) with a discount / all orders (amount), "
      "against the shop's own level p: dependent from (1 + p) / 2, full price up to p / 2, or own "
      "percentages. By chance: the binomial share of customers there if everybody had the level p. "
      "A discount that was offered to everybody says nothing of a customer: a test with a held-out "
      "group does.",
      "订单足够的客户：有折扣的订单（或金额）÷ 全部订单（金额），与全店水平 p 比较：不低于 (1 + p) "
      "/ 2 "
      "为折扣依赖，不高于 p / 2 "
      "为全价，也可自定百分比。偶然：若人人都是水平 "
      "p，按二项分布会落入该组的客户占比。人人都有的折扣"
      "不能说明客户的偏好，留出对照组的测试才能。"},
     View::bars},
    make_params(),
    {std::begin(kColumns), std::end(kColumns)},
    run};

}  // namespace huitou::analyses
