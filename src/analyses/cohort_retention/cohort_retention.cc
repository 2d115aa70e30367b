#include <fmt/format.h>

#include <algorithm>

#include "analyses/cohort_retention/grid.h"
#include "analyses/common.h"
#include "math/interval.h"

namespace huitou::analyses {

extern const Analysis cohort_retention;

namespace {

constexpr std::int64_t kMostCells = 200'000;
/// The first cohort of a log is suspicious if it is this much larger than the next.
constexpr double kOldRegulars = 1.5;

enum class Counted { customers, orders, amount };

constexpr Granularity kBy[] = {Granularity::day, Granularity::week, Granularity::month,
                               Granularity::quarter};

/// What is asked for.
struct Choice {
  Steps steps;
  Counted counted = Counted::customers;
  bool rolling = false;
  bool active = false;  ///< a cohort is whoever ordered in it, not only for the first time
};

constexpr ColumnCard kCohort{"cohort", Unit::none, Role::dimension, {"First order in", "首购时段"}};
constexpr ColumnCard kLater{
    "periods_later", Unit::count, Role::series, {"Periods later", "之后第几期"}};
constexpr ColumnCard kSize{
    "cohort_customers", Unit::count, Role::base, {"Customers of the cohort", "群组客户数"}};

/// The two columns that depend on what is counted: the sum, and the sum for each customer.
struct ValueColumns {
  ColumnCard sum;
  ColumnCard mean;
};
constexpr ValueColumns kValueColumns[] = {
    {{"customers", Unit::count, Role::detail, {"Customers who ordered", "下单客户数"}},
     {"share", Unit::ratio, Role::value, {"Share of the cohort", "留存率"}}},
    {{"orders", Unit::count, Role::detail, {"Orders", "订单数"}},
     {"orders_per_customer", Unit::number, Role::value, {"Orders per customer", "人均订单数"}}},
    {{"amount_minor", Unit::minor, Role::detail, {"Amount", "金额"}},
     {"amount_per_customer_minor", Unit::minor, Role::value, {"Amount per customer", "人均金额"}}}};

/// Shares of customers have an interval (Wilson); orders and amounts of few big customers would
/// need another, and have none.
constexpr ColumnCard kLow{"share_low", Unit::ratio, Role::low, {"Lower end (95 %)", "下限（95%）"}};
constexpr ColumnCard kHigh{
    "share_high", Unit::ratio, Role::high, {"Upper end (95 %)", "上限（95%）"}};

std::vector<ColumnCard> cards_of(Counted counted, bool active = false) {
  const ValueColumns& columns = kValueColumns[static_cast<std::size_t>(counted)];
  std::vector<ColumnCard> cards{kCohort, kLater, kSize, columns.sum, columns.mean};
  if (active) cards.front().label = {"Ordered in", "下单时段"};
  if (counted == Counted::customers) {
    cards.insert(cards.end(), {kLow, kHigh});
  }
  return cards;
}

Result<Choice> read_choice(const Inputs& inputs, const Arguments& arguments) {
  TRY(const std::size_t step, arguments.choice("by"));
  TRY(const std::size_t counted, arguments.choice("counted"));
  TRY(const std::size_t rolling, arguments.choice("returning"));
  TRY(const std::size_t cohort, arguments.choice("cohort"));
  const Choice choice{
      {kBy[step], inputs.week_start}, static_cast<Counted>(counted), rolling == 1, cohort == 1};
  if ((choice.rolling || choice.active) && choice.counted != Counted::customers) {
    return invalid_input(
        {"Only customers can be counted 'on or after' a period or in cohorts of all who ordered.",
         "只有按客户计数时才能使用 on_or_after 或 cohort=active。"},
        {"Use counted=customers, or returning=in and cohort=first.",
         "请使用 counted=customers，或 returning=in 且 cohort=first。"});
  }
  return choice;
}

Result<GridShape> read_shape(const Inputs& inputs, const Arguments& arguments, Steps steps) {
  TRY(const std::int64_t periods, arguments.integer("periods"));
  const int first = step_index(inputs.period.from, steps);
  const int last = step_index(Date{inputs.period.to.days - 1}, steps);
  const GridShape shape{steps, first, last - first + 1, static_cast<int>(periods), inputs.as_of};
  const std::int64_t cells = std::int64_t{shape.cohorts} * (periods + 1);
  if (cells <= kMostCells) {
    return shape;
  }
  return Error{Code::limit_reached,
               fmt::format("{} cohorts of {} periods are {} cells; the limit is {}.", shape.cohorts,
                           periods + 1, with_commas(cells), with_commas(kMostCells)),
               "Choose longer steps, fewer periods or a later from.",
               fmt::format("{} 个群组 × {} 期共 {} 格，上限为 {}。", shape.cohorts, periods + 1,
                           with_commas(cells), with_commas(kMostCells)),
               "请选择更长的时段粒度、更少的期数或更晚的 from。"};
}

Result<Grid> fill_grid(const Inputs& inputs, const Choice& choice, const GridShape& shape) {
  QueryParts parts;
  const Date begin = step_first_day(shape.first_cohort, shape.steps);
  parts.params = {{"begin", std::clamp(begin, kFirstDate, kLastDate)},
                  {"first", std::int64_t{shape.first_cohort}},
                  {"end", std::int64_t{shape.first_cohort + shape.cohorts}},
                  {"periods", std::int64_t{shape.periods}}};
  parts.fragments = {{"step", step_sql(choice.steps)},
                     {"dims", ""},
                     {"total", choice.counted == Counted::orders ? "count()" : "sum(amount)"}};
  const std::string_view file =
      choice.active && choice.rolling        ? "cohort_retention/active_rolling.sql"
      : choice.active                        ? "cohort_retention/active.sql"
      : choice.rolling                       ? "cohort_retention/rolling.sql"
      : choice.counted == Counted::customers ? "cohort_retention/customers.sql"
                                             : "cohort_retention/totals.sql";
  TRY(const engine::Query query, build_query(inputs, file, std::move(parts)));
  TRY(const Frame rows, inputs.engine.query(query));
  const auto& cohorts = rows.at("cohort").integers();
  const auto& later = rows.at("later").integers();
  Grid grid(shape);
  for (std::size_t row = 0; row < rows.rows(); ++row) {
    const int cohort = static_cast<int>(cohorts[row]);
    grid.size(cohort) += rows.at("size").integers()[row];
    if (grid.holds(cohort, static_cast<int>(later[row]))) {
      grid.at(cohort, static_cast<int>(later[row])) += rows.at("value").integers()[row];
    }
  }
  if (choice.rolling) {
    grid.accumulate_later();
  }
  return grid;
}

/// Appends rows one cell at a time.
struct Table {
  Answer answer;
  Counted counted;

  explicit Table(const Choice& choice) : counted(choice.counted) {
    const auto cards = cards_of(choice.counted, choice.active);
    answer.columns = columns_of(cards);
    answer.view = View::heatmap;
    for (const ColumnCard& card : cards) {
      const bool text = card.name == kCohort.name;
      const bool real =
          card.role == Role::value || card.role == Role::low || card.role == Role::high;
      answer.frame.columns.push_back(
          make_column(std::string(card.name), text   ? ColumnType::text
                                              : real ? ColumnType::real
                                                     : ColumnType::integer));
    }
  }

  void add(const std::string& cohort, int later, std::int64_t customers,
           std::optional<std::int64_t> value) {
    auto& columns = answer.frame.columns;
    columns[0].push_text(cohort);
    columns[1].push_integer(later);
    columns[2].push_integer(customers);
    if (!value.has_value()) {
      for (std::size_t column = 3; column < columns.size(); ++column) {
        columns[column].push_null();
      }
      return;
    }
    const math::Share share{static_cast<double>(*value), static_cast<double>(customers)};
    columns[3].push_integer(*value);
    columns[4].push_real(share.hits / share.trials);
    if (counted == Counted::customers) {
      const math::Interval interval = math::wilson(share);
      columns[5].push_real(interval.low);
      columns[6].push_real(interval.high);
    }
  }
};

Answer table_of(const Grid& grid, const Choice& choice) {
  Table table(choice);
  const GridShape& shape = grid.shape();
  for (int later = 0; later <= shape.periods; ++later) {
    const auto sum = grid.sum(later);
    table.add("all", later, sum.has_value() ? sum->customers : 0,
              sum.has_value() ? std::optional(sum->value) : std::nullopt);
  }
  for (int cohort = shape.first_cohort; cohort < shape.first_cohort + shape.cohorts; ++cohort) {
    for (int later = 0; later <= shape.periods; ++later) {
      table.add(step_name(cohort, shape.steps), later, grid.size(cohort),
                grid.value(cohort, later));
    }
  }
  return std::move(table.answer);
}

std::int64_t customers_of(const Grid& grid) {
  std::int64_t customers = 0;
  for (int cohort = 0; cohort < grid.shape().cohorts; ++cohort) {
    customers += grid.size(grid.shape().first_cohort + cohort);
  }
  return customers;
}

void note_immature(const Grid& grid, std::vector<Note>& notes) {
  const GridShape& shape = grid.shape();
  std::int64_t cells = 0;
  for (int cohort = shape.first_cohort; cohort < shape.first_cohort + shape.cohorts; ++cohort) {
    for (int later = 0; later <= shape.periods; ++later) {
      cells += shape.is_mature(cohort, later) ? 0 : 1;
    }
  }
  if (cells > 0) {
    const std::string day = format_date(shape.as_of);
    notes.push_back(
        {"immature_window",
         {fmt::format("{} cells are empty: their period is not over before {}.", with_commas(cells),
                      day),
          fmt::format("{} 个格子为空：其时段在 {} 前尚未结束。", with_commas(cells), day)}});
  }
}

/// A log that begins in the middle of a shop's life takes its old regulars for new customers.
void note_old_regulars(const Inputs& inputs, const Grid& grid, std::vector<Note>& notes) {
  const GridShape& shape = grid.shape();
  const int first = shape.first_cohort;
  if (shape.cohorts < 2 || step_index(inputs.overview.first_on, shape.steps) != first ||
      !shape.is_mature(first, 1)) {
    return;
  }
  const std::int64_t begin = grid.size(first);
  const std::int64_t next = grid.size(first + 1);
  if (static_cast<double>(begin) <= kOldRegulars * static_cast<double>(next)) {
    return;
  }
  const std::string day = format_date(inputs.overview.first_on);
  notes.push_back(
      {"left_truncated",
       {fmt::format(
            "The data begins on {}; its first cohort has {} customers, the next {}: many of "
            "the first are probably old customers.",
            day, with_commas(begin), with_commas(next)),
        fmt::format(
            "数据始于 {}；首个群组有 {} 位客户，次个群组 {} 位：首个群组中可能有许多老客户。", day,
            with_commas(begin), with_commas(next))}});
}

Result<Answer> run(const Inputs& inputs) {
  const Arguments arguments(cohort_retention.params, inputs.values);
  TRY(const Choice choice, read_choice(inputs, arguments));
  TRY(const GridShape shape, read_shape(inputs, arguments, choice.steps));
  TRY(const Grid grid, fill_grid(inputs, choice, shape));
  if (customers_of(grid) == 0) {
    const std::string from = format_date(inputs.period.from);
    const std::string to = format_date(inputs.period.to);
    return not_enough_data({fmt::format("No known customer {} from {} to {}.",
                                        choice.active ? "ordered" : "has a first order", from, to),
                            fmt::format("{} 至 {} 之间没有可识别客户的{}。", from, to,
                                        choice.active ? "订单" : "首单")},
                           {"Widen the period; orders without a customer cannot form cohorts.",
                            "请扩大时段；没有客户的订单无法构成群组。"});
  }
  Answer answer = table_of(grid, choice);
  note_immature(grid, answer.notes);
  if (!choice.active) note_old_regulars(inputs, grid, answer.notes);
  return answer;
}

std::vector<Param> make_params() {
  return {{"by",
           ParamType::choice,
           {"how long a cohort and a period are", "群组与时段的粒度"},
           "month",
           {"day", "week", "month", "quarter"}},
          {"cohort",
           ParamType::choice,
           {"who forms the cohort of a period: those who ordered for the first time, or all who "
            "ordered",
            "每期的群组：首次下单的客户，或当期下单的全部客户"},
           "first",
           {"first", "active"}},
          {"counted",
           ParamType::choice,
           {"what is counted in a period: customers who ordered, their orders, or their amount",
            "每期统计的内容：下单客户数、订单数或金额"},
           "customers",
           {"customers", "orders", "amount"}},
          {"returning",
           ParamType::choice,
           {"came back in the period itself, or in it or any later one",
            "在该期回购，或在该期及之后任意一期回购"},
           "in",
           {"in", "on_or_after"}},
          {.name = "periods",
           .type = ParamType::integer,
           .doc = {"how many periods later", "观察到之后第几期"},
           .fallback = "12",
           .at_least = 1,
           .at_most = 400}};
}

}  // namespace

const Analysis cohort_retention{
    {"cohort_retention",
     {"Cohort retention", "群组留存"},
     {"Of the customers who first ordered in a month, how many order again one, two, three months "
      "later?",
      "某月首购的客户，之后第 1、2、3 个月还有多少人下单？"},
     {"A customer belongs to the period of the first counted order in all data; from and to choose "
      "cohorts. Share = customers of the cohort who ordered in period k / customers of the cohort, "
      "with Wilson's interval. A period that is not over is null. 'all' adds up the cohorts whose "
      "period k is over. cohort=active: everyone who ordered in the period, whenever for the first "
      "time, as PostHog's recurring retention.",
      "客户归入其全部数据中首个计入订单所在的时段；from 与 to 用于选择群组。留存率 = 第 k "
      "期下单的群组客户数 / "
      "群组客户数，区间采用 Wilson 方法；未结束的时段为空。all 行汇总第 k 期已结束的所有群组。"
      "cohort=active：当期下单的全部客户，不论何时首购，口径与 PostHog 的 recurring retention "
      "一致。"},
     View::heatmap},
    make_params(),
    cards_of(Counted::customers),
    run};

}  // namespace huitou::analyses
