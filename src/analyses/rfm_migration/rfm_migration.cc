#include <fmt/format.h>

#include <algorithm>

#include "analyses/common.h"
#include "analyses/rfm/members.h"
#include "analyses/rfm/rules.h"
#include "analyses/rfm/scoring.h"

// One pass over the orders gives every customer's three numbers at both instants; cut points,
// scores and the matrix are made here, with the same code as the analysis of RFM: its counts at
// each of the two instants are the sums of rows and columns.

namespace huitou::analyses {

extern const Analysis rfm_migration;

namespace {

constexpr std::size_t kLeastBefore = 10;

enum class Form { matrix, moves };
enum class Cuts { each, start };

constexpr ColumnCard kColumns[] = {
    {"segment_before", Unit::none, Role::dimension, {"From", "期初分群（英文）"}},
    {"segment_before_zh", Unit::none, Role::detail, {"From (Chinese)", "期初分群"}},
    {"segment_after", Unit::none, Role::series, {"To", "期末分群（英文）"}},
    {"segment_after_zh", Unit::none, Role::detail, {"To (Chinese)", "期末分群"}},
    {"share", Unit::ratio, Role::value, {"Share of those who began there", "占期初该分群客户"}},
    {"customers", Unit::count, Role::detail, {"Customers", "客户数"}},
    {"customers_before",
     Unit::count,
     Role::base,
     {"Customers who began there", "期初该分群客户数"}},
    {"spent_before_minor", Unit::minor, Role::detail, {"Amount before", "期初累计金额"}},
    {"spent_between_minor", Unit::minor, Role::detail, {"Amount in between", "期间金额"}}};

/// Everybody who had ordered by the second instant; who came after the first one has no orders in
/// `before`.
struct Pairs {
  Histories before;
  Histories after;
};

struct Move {
  std::int64_t customers = 0;
  std::int64_t spent_before = 0;
  std::int64_t spent_between = 0;
};

/// Moves by segment before and after; the row after the last rule is that of new customers.
struct Matrix {
  std::vector<Rule> rules;
  std::vector<bool> reachable;
  std::vector<std::vector<Move>> moves;

  std::size_t newcomers() const { return rules.size(); }
  Sentence name(std::size_t segment) const {
    return segment == newcomers() ? Sentence{"No order yet", "尚未下单"} : rules[segment].name;
  }
};

/// The period; where no beginning is given, the last `days` days.
Period period_of(const Inputs& inputs, std::int64_t days) {
  const bool given = inputs.values.find("from") != inputs.values.end();
  const Date from =
      given ? inputs.period.from : Date{inputs.period.to.days - static_cast<std::int32_t>(days)};
  return {std::max(from, kFirstDate), inputs.period.to};
}

Result<Pairs> read_pairs(const Inputs& inputs, Period period) {
  TRY(const engine::Query query, build_query(inputs, "rfm_migration/pairs.sql",
                                             {{{"begin", period.from}, {"to", period.to}}, {}}));
  Pairs pairs;
  const auto append = [](const Frame& batch, const std::string& end, Histories& into) {
    for (const std::int64_t day : batch.at("days_" + end).integers()) {
      into.days_since_last_order.push_back(static_cast<std::int32_t>(day));
    }
    const auto& orders = batch.at("orders_" + end).integers();
    const auto& spent = batch.at("spent_" + end).integers();
    into.orders.insert(into.orders.end(), orders.begin(), orders.end());
    into.amount_minor.insert(into.amount_minor.end(), spent.begin(), spent.end());
  };
  TRY(inputs.engine.stream(query, [&](const Frame& batch) -> Status {
    append(batch, "before", pairs.before);
    append(batch, "after", pairs.after);
    return {};
  }));
  return pairs;
}

/// Those who had ordered by the first instant.
Histories known_before(const Histories& before) {
  Histories known;
  for (std::size_t i = 0; i < before.size(); ++i) {
    if (before.orders[i] > 0) {
      known.days_since_last_order.push_back(before.days_since_last_order[i]);
      known.orders.push_back(before.orders[i]);
      known.amount_minor.push_back(before.amount_minor[i]);
    }
  }
  return known;
}

Error too_few(std::size_t customers, Date begin) {
  return not_enough_data(
      {fmt::format("rfm_migration needs {} customers before {}; there are {}.", kLeastBefore,
                   format_date(begin), customers),
       fmt::format("RFM 迁移分析在 {} 之前至少需要 {} 位客户；当前只有 {} 位。", format_date(begin),
                   kLeastBefore, customers)},
      {"Choose a later from or another status.", "请选择更晚的 from，或更换 status。"});
}

std::size_t segment_of(const Histories& histories, std::size_t at, const Scales& scales,
                       const std::array<std::size_t, kCells>& taken) {
  return taken[cell_index({scales[kDays].score(histories.days_since_last_order[at]),
                           scales[kOrders].score(histories.orders[at]),
                           scales[kAmount].score(histories.amount_minor[at])})];
}

struct BothScales {
  Scales before;
  Scales after;
};

Matrix matrix_of(const Pairs& pairs, std::vector<Rule> rules, const BothScales& scales) {
  const int levels = scales.before[kOrders].levels();
  const auto taken = assign_cells(rules, levels);
  Matrix matrix{std::move(rules), {}, {}};
  matrix.reachable.resize(matrix.rules.size());
  for (const std::size_t rule : taken) {
    if (rule != kNoRule) {
      matrix.reachable[rule] = true;
    }
  }
  matrix.moves.resize(matrix.rules.size() + 1, std::vector<Move>(matrix.rules.size()));
  for (std::size_t at = 0; at < pairs.after.size(); ++at) {
    const bool was_there = pairs.before.orders[at] > 0;
    const std::size_t before =
        was_there ? segment_of(pairs.before, at, scales.before, taken) : matrix.newcomers();
    Move& move = matrix.moves[before][segment_of(pairs.after, at, scales.after, taken)];
    const std::int64_t spent_before = was_there ? pairs.before.amount_minor[at] : 0;
    ++move.customers;
    move.spent_before += spent_before;
    move.spent_between += pairs.after.amount_minor[at] - spent_before;
  }
  return matrix;
}

Result<Matrix> read_matrix(const Inputs& inputs, const Arguments& arguments, Period period) {
  TRY(const std::size_t convention_at, arguments.choice("convention"));
  TRY(const std::size_t threshold, arguments.choice("threshold"));
  TRY(const std::size_t cuts, arguments.choice("cuts"));
  const auto convention = static_cast<Convention>(convention_at);
  TRY(std::vector<Rule> rules, choose_rules(convention, arguments.text("rules")));
  TRY(const Pairs pairs, read_pairs(inputs, period));
  const Histories known = known_before(pairs.before);
  if (known.size() < kLeastBefore) {
    return too_few(known.size(), period.from);
  }
  const auto scales_of = [&](const Histories& histories) {
    return convention == Convention::eight
               ? two_level_scales(histories, static_cast<Threshold>(threshold), kMinorPerUnit)
               : five_bin_scales(histories, kMinorPerUnit);
  };
  BothScales scales{scales_of(known), {}};
  scales.after = static_cast<Cuts>(cuts) == Cuts::start ? scales.before : scales_of(pairs.after);
  return matrix_of(pairs, std::move(rules), scales);
}

std::int64_t customers_of(const std::vector<Move>& row) {
  std::int64_t customers = 0;
  for (const Move& move : row) {
    customers += move.customers;
  }
  return customers;
}

struct Place {
  std::size_t before = 0;
  std::size_t after = 0;
};

void add_row(const Matrix& matrix, Place place, Frame& frame) {
  const std::int64_t all = customers_of(matrix.moves[place.before]);
  const Move& move = matrix.moves[place.before][place.after];
  const Sentence before = matrix.name(place.before);
  const Sentence after = matrix.name(place.after);
  frame.at("segment_before").push_text(before.en);
  frame.at("segment_before_zh").push_text(before.zh);
  frame.at("segment_after").push_text(after.en);
  frame.at("segment_after_zh").push_text(after.zh);
  push(frame.at("share"), ratio(move.customers, all));
  frame.at("customers").push_integer(move.customers);
  frame.at("customers_before").push_integer(all);
  frame.at("spent_before_minor").push_integer(move.spent_before);
  frame.at("spent_between_minor").push_integer(move.spent_between);
}

/// Every pair of segments that can be reached.
std::vector<Place> places_of(const Matrix& matrix) {
  std::vector<Place> places;
  for (std::size_t before = 0; before <= matrix.newcomers(); ++before) {
    for (std::size_t after = 0; after < matrix.rules.size(); ++after) {
      const bool from = before == matrix.newcomers() || matrix.reachable[before];
      if (from && matrix.reachable[after]) {
        places.push_back({before, after});
      }
    }
  }
  return places;
}

Answer matrix_table(const Matrix& matrix) {
  Answer answer = empty_answer(kColumns, View::heatmap);
  for (const Place place : places_of(matrix)) {
    add_row(matrix, place, answer.frame);
  }
  return answer;
}

/// Only moves that somebody made to another segment, the most frequent first.
Answer moves_table(const Matrix& matrix) {
  Answer answer = empty_answer(kColumns, View::table);
  std::vector<Place> places = places_of(matrix);
  const auto customers = [&](Place place) {
    return matrix.moves[place.before][place.after].customers;
  };
  std::erase_if(places,
                [&](Place place) { return place.before == place.after || customers(place) == 0; });
  std::stable_sort(places.begin(), places.end(),
                   [&](Place a, Place b) { return customers(a) > customers(b); });
  for (const Place place : places) {
    add_row(matrix, place, answer.frame);
  }
  return answer;
}

void add_notes(const Matrix& matrix, Period period, std::vector<Note>& notes) {
  const std::string before = format_date(Date{period.from.days - 1});
  const std::string after = format_date(Date{period.to.days - 1});
  notes.push_back({"instants",
                   {fmt::format("Segments at the close of {} and of {}.", before, after),
                    fmt::format("分群取自 {} 与 {} 当日结束时。", before, after)}});
  std::int64_t all = 0;
  std::int64_t stayed = 0;
  for (std::size_t segment = 0; segment < matrix.rules.size(); ++segment) {
    all += customers_of(matrix.moves[segment]);
    stayed += matrix.moves[segment][segment].customers;
  }
  const std::string share =
      short_number(100 * static_cast<double>(stayed) / static_cast<double>(all));
  notes.push_back(
      {"stayed",
       {fmt::format("{} of {} customers ({} %) are in the same segment at both instants.",
                    with_commas(stayed), with_commas(all), share),
        fmt::format("{} 位客户中有 {} 位（{}%）两个时点处于同一分群。", with_commas(all),
                    with_commas(stayed), share)}});
}

Result<Answer> run(const Inputs& inputs) {
  const Arguments arguments(rfm_migration.params, inputs.values);
  TRY(const std::size_t show, arguments.choice("show"));
  TRY(const std::int64_t days, arguments.integer("days"));
  const Period period = period_of(inputs, days);
  TRY(const Matrix matrix, read_matrix(inputs, arguments, period));
  Answer answer =
      static_cast<Form>(show) == Form::matrix ? matrix_table(matrix) : moves_table(matrix);
  add_notes(matrix, period, answer.notes);
  return answer;
}

std::vector<Param> make_params() {
  std::vector<Param> params{
      {"show",
       ParamType::choice,
       {"the whole matrix, or the moves by size", "完整矩阵，或按人数列出的迁移"},
       "matrix",
       {"matrix", "moves"}}};
  for (Param& param : convention_params()) params.push_back(std::move(param));
  params.push_back({"cuts",
                    ParamType::choice,
                    {"cut points of each instant's own customers, or those of the first for both",
                     "切分点取自各时点的客户，或两个时点都用期初的切分点"},
                    "each",
                    {"each", "start"}});
  params.push_back({.name = "days",
                    .type = ParamType::integer,
                    .doc = {"without from: the first instant lies so many days before the second",
                            "未给出 from 时，两个时点相隔的天数"},
                    .fallback = "90",
                    .at_least = 1,
                    .at_most = 3650});
  return params;
}

}  // namespace

const Analysis rfm_migration{
    {"rfm_migration",
     {"RFM migration", "RFM 分群迁移"},
     {"Which customers rose or fell from one RFM segment to another, and what are they worth?",
      "哪些客户在 RFM 分群之间上升或下降，金额有多少？"},
     {"Each customer's RFM segment at the close of the day before from and of the last day of the "
      "period, over all orders before; as the analysis rfm gives it at these instants. No order "
      "yet: "
      "none before from. Cut points are those of each instant, so that a customer can move "
      "because others did; with the first instant's, only by own orders and time. Share = "
      "customers with both segments / customers with the first.",
      "按各时点之前的全部订单，取每位客户在 from 前一天结束时与时段最后一天结束时的 RFM 分群，与 "
      "rfm 分析在该时点的结果一致。尚未下单指 from "
      "之前没有订单。切分点取自各时点，因此客户可能因他人变化而迁移；统一用期初切分点时，只因自身订"
      "单"
      "与时间而迁移。占比 = 同时处于两分群的客户数 / 期初处于该分群的客户数。"},
     View::heatmap},
    make_params(),
    {std::begin(kColumns), std::end(kColumns)},
    run};

}  // namespace huitou::analyses
