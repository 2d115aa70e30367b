#include "analyses/rfm/report.h"

#include <fmt/format.h>

#include <string>

#include "analyses/common.h"

namespace huitou::analyses {
namespace {

constexpr std::string_view kMeasureNames[] = {"days_since_last_order", "orders", "amount_minor"};

void push_ratio(Column& column, std::int64_t part, std::int64_t whole) {
  push(column, ratio(part, whole));
}

Cell sum_of(const Cells& cells) {
  Cell sum;
  for (const Cell& cell : cells) {
    sum.add(cell);
  }
  return sum;
}

Frame empty_frame(std::span<const ColumnCard> cards) {
  Frame frame;
  for (const ColumnCard& card : cards) {
    const bool whole = card.unit == Unit::count || card.name == "amount_minor";
    const bool text = card.unit == Unit::none;
    frame.columns.push_back(make_column(std::string(card.name), text    ? ColumnType::text
                                                                : whole ? ColumnType::integer
                                                                        : ColumnType::real));
  }
  return frame;
}

constexpr ColumnCard kSegmentColumns[] = {
    {"segment", Unit::none, Role::dimension, {"Segment", "分群（英文）"}},
    {"segment_zh", Unit::none, Role::detail, {"Segment (Chinese)", "分群"}},
    {"customers", Unit::count, Role::value, {"Customers", "客户数"}},
    {"share", Unit::ratio, Role::value, {"Share of customers", "客户占比"}},
    {"orders", Unit::count, Role::detail, {"Orders", "订单数"}},
    {"amount_minor", Unit::minor, Role::detail, {"Amount", "金额"}},
    {"amount_share", Unit::ratio, Role::detail, {"Share of amount", "金额占比"}},
    {"days_since_last_order",
     Unit::days,
     Role::detail,
     {"Mean days since last order", "距上次下单平均天数"}},
    {"next_action", Unit::none, Role::detail, {"What to do next", "建议动作（英文）"}},
    {"next_action_zh", Unit::none, Role::detail, {"What to do next (Chinese)", "建议动作"}}};

constexpr ColumnCard kCellColumns[] = {
    {"r_score", Unit::count, Role::dimension, {"R score", "R 分值"}},
    {"f_score", Unit::count, Role::series, {"F score", "F 分值"}},
    {"mean_amount_minor", Unit::minor, Role::value, {"Mean amount per customer", "客均金额"}},
    {"customers", Unit::count, Role::base, {"Customers", "客户数"}},
    {"share", Unit::ratio, Role::detail, {"Share of customers", "客户占比"}}};

constexpr ColumnCard kCutColumns[] = {
    {"measure", Unit::none, Role::dimension, {"Measure", "指标"}},
    {"cut", Unit::count, Role::series, {"Cut point", "切分点序号"}},
    {"value",
     Unit::number,
     Role::value,
     {"Value (days, orders, minor units)", "取值（天、单、最小货币单位）"}},
    {"lowest",
     Unit::number,
     Role::detail,
     {"Lowest whole value beyond it", "达到切分点的最小整数值"}}};

Answer answer_of(std::span<const ColumnCard> cards, View view) {
  Answer answer;
  answer.frame = empty_frame(cards);
  answer.columns = columns_of(cards);
  answer.view = view;
  return answer;
}

std::string join_names(const Segmentation& segmentation, const Swallowed& swallowed, bool chinese) {
  std::string names;
  for (const std::size_t rule : swallowed.by) {
    const Sentence& name = segmentation.rules[rule].name;
    names += names.empty() ? "" : chinese ? "、" : ", ";
    names += chinese ? name.zh : name.en;
  }
  return names;
}

Note unreachable(const Segmentation& segmentation, const Swallowed& swallowed) {
  const Sentence& name = segmentation.rules[swallowed.rule].name;
  if (swallowed.by.empty()) {
    return {"unreachable_segment",
            {fmt::format("'{}' can never be reached: no scores fit its rule.", name.en),
             fmt::format("“{}”永远不会命中：没有分值符合其规则。", name.zh)}};
  }
  return {"unreachable_segment",
          {fmt::format("'{}' can never be reached: all its scores go to the earlier {}.", name.en,
                       join_names(segmentation, swallowed, false)),
           fmt::format("“{}”永远不会命中：其全部分值已被靠前的{}占用。", name.zh,
                       join_names(segmentation, swallowed, true))}};
}

/// Scores of one scale that no customer has.
std::string empty_scores(const Segmentation& segmentation, Measure measure) {
  std::array<std::int64_t, kBins> customers{};
  for (std::size_t cell = 0; cell < kCells; ++cell) {
    const Scores scores = scores_of(cell);
    const int score = measure == kDays ? scores.r : measure == kOrders ? scores.f : scores.m;
    customers[static_cast<std::size_t>(score - 1)] += segmentation.cells[cell].customers;
  }
  std::string empty;
  for (int score = 1; score <= segmentation.levels; ++score) {
    if (customers[static_cast<std::size_t>(score - 1)] == 0) {
      empty += fmt::format("{}{}", empty.empty() ? "" : ", ", score);
    }
  }
  return empty;
}

}  // namespace

std::span<const ColumnCard> segment_columns() { return kSegmentColumns; }

Answer segment_table(const Segmentation& segmentation) {
  Answer answer = answer_of(kSegmentColumns, View::bars);
  const auto taken = assign_cells(segmentation.rules, segmentation.levels);
  std::vector<Cell> sums(segmentation.rules.size());
  for (std::size_t cell = 0; cell < kCells; ++cell) {
    if (taken[cell] != kNoRule) {
      sums[taken[cell]].add(segmentation.cells[cell]);
    }
  }
  const Cell all = sum_of(segmentation.cells);
  Frame& frame = answer.frame;
  for (std::size_t rule = 0; rule < sums.size(); ++rule) {
    const Rule& segment = segmentation.rules[rule];
    const Cell& sum = sums[rule];
    frame.at("segment").push_text(segment.name.en);
    frame.at("segment_zh").push_text(segment.name.zh);
    frame.at("customers").push_integer(sum.customers);
    push_ratio(frame.at("share"), sum.customers, all.customers);
    frame.at("orders").push_integer(sum.orders);
    frame.at("amount_minor").push_integer(sum.amount_minor);
    push_ratio(frame.at("amount_share"), sum.amount_minor, all.amount_minor);
    push_ratio(frame.at("days_since_last_order"), sum.days_since_last_order, sum.customers);
    frame.at("next_action").push_text(segment.next_action.en);
    frame.at("next_action_zh").push_text(segment.next_action.zh);
  }
  return answer;
}

std::vector<Scores> grid_cells(int levels) {
  std::vector<Scores> cells;
  for (int r = levels; r >= 1; --r) {
    for (int f = levels; f >= 1; --f) cells.push_back({r, f, 1});
  }
  return cells;
}

Answer cell_table(const Segmentation& segmentation) {
  Answer answer = answer_of(kCellColumns, View::heatmap);
  const Cell all = sum_of(segmentation.cells);
  for (const Scores& cell : grid_cells(segmentation.levels)) {
    Cell sum;
    for (int m = 1; m <= segmentation.levels; ++m) {
      sum.add(segmentation.cells[cell_index({cell.r, cell.f, m})]);
    }
    answer.frame.at("r_score").push_integer(cell.r);
    answer.frame.at("f_score").push_integer(cell.f);
    push_ratio(answer.frame.at("mean_amount_minor"), sum.amount_minor, sum.customers);
    answer.frame.at("customers").push_integer(sum.customers);
    push_ratio(answer.frame.at("share"), sum.customers, all.customers);
  }
  return answer;
}

Answer cut_table(const Segmentation& segmentation) {
  Answer answer = answer_of(kCutColumns, View::table);
  for (const Measure measure : {kDays, kOrders, kAmount}) {
    std::int64_t number = 0;
    for (const Cut& cut : segmentation.scales[measure].cuts) {
      answer.frame.at("measure").push_text(kMeasureNames[measure]);
      answer.frame.at("cut").push_integer(++number);
      answer.frame.at("value").push_real(cut.shown);
      const bool reached = cut.lowest < kOutOfReach && cut.lowest > -kOutOfReach;
      push(answer.frame.at("lowest"),
           reached ? std::optional(static_cast<double>(cut.lowest)) : std::nullopt);
    }
  }
  return answer;
}

std::vector<Note> notes_on(const Segmentation& segmentation) {
  std::vector<Note> notes;
  for (const Swallowed& swallowed : swallowed_rules(segmentation.rules, segmentation.levels)) {
    notes.push_back(unreachable(segmentation, swallowed));
  }
  for (const Measure measure : {kDays, kOrders, kAmount}) {
    const std::string empty = empty_scores(segmentation, measure);
    if (!empty.empty()) {
      const char letter = "RFM"[measure];
      notes.push_back(
          {"empty_scores",
           {fmt::format("Nobody has the {} score {}: too many customers share a value.", letter,
                        empty),
            fmt::format("没有客户的 {} 分值为 {}：取值相同的客户过多。", letter, empty)}});
    }
  }
  return notes;
}

}  // namespace huitou::analyses
