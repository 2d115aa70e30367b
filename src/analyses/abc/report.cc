#include "analyses/abc/report.h"

#include <fmt/format.h>

#include "analyses/common.h"

namespace huitou::analyses {
namespace {

constexpr double kMilliPerUnit = 1000;

/// In the order of AbcBy. Cost and units may be unknown; an item that lacks them somewhere has no
/// value.
constexpr AbcMeasure kMeasures[] = {{"amount_minor",
                                     "lowest_minor",
                                     Unit::minor,
                                     {"Amount", "金额"},
                                     {"Lowest amount in the class", "类内最低金额"},
                                     "amount_minor",
                                     "0",
                                     "kept_minor",
                                     "0"},
                                    {"margin_minor",
                                     "lowest_minor",
                                     Unit::minor,
                                     {"Margin", "毛利"},
                                     {"Lowest margin in the class", "类内最低毛利"},
                                     "net_minor - ifNull(cost_minor, 0)",
                                     "isNull(cost_minor)",
                                     "kept_minor - cost_minor",
                                     "cost_unknown"},
                                    {"units",
                                     "lowest_units",
                                     Unit::number,
                                     {"Units", "件数"},
                                     {"Fewest units in the class", "类内最少件数"},
                                     "ifNull(units_milli, 0)",
                                     "isNull(units_milli)",
                                     "sold_milli",
                                     "0"}};

void push_value(Column& column, const AbcMeasure& measure, std::int64_t value) {
  measure.unit == Unit::number ? column.push_real(static_cast<double>(value) / kMilliPerUnit)
                               : column.push_integer(value);
}

std::string class_name(std::size_t at) {
  return std::string(1, static_cast<char>('A' + static_cast<int>(at)));
}

std::vector<ColumnCard> list_columns(const AbcQuestion& question) {
  const AbcMeasure& measure = question.measure();
  std::vector<ColumnCard> cards{
      {"rank", Unit::count, Role::detail, {"Rank", "名次"}},
      {"item_key", Unit::none, Role::dimension,
       question.customers() ? Words{"Customer", "客户标识"} : Words{"Product", "商品编号"}},
      {"class", Unit::none, Role::detail, {"Class", "类别"}},
      {measure.name, measure.unit, Role::value, measure.label},
      {"value_share", Unit::ratio, Role::detail, {"Share of the total", "占总量"}},
      {"running_share", Unit::ratio, Role::detail, {"Running share", "累计占比"}}};
  if (!question.customers()) {
    cards.insert(cards.begin() + 2, {"name", Unit::none, Role::detail, {"Name", "名称"}});
  }
  return cards;
}

}  // namespace

const AbcMeasure& AbcQuestion::measure() const { return kMeasures[static_cast<std::size_t>(by)]; }

std::vector<ColumnCard> class_columns(const AbcQuestion& question) {
  const AbcMeasure& measure = question.measure();
  return {{"class", Unit::none, Role::dimension, {"Class", "类别"}},
          {"value_share", Unit::ratio, Role::value, {"Share of the total", "占总量"}},
          {"items_share", Unit::ratio, Role::value, {"Share of the number", "占个数"}},
          {"items", Unit::count, Role::base, {"How many", "个数"}},
          {measure.name, measure.unit, Role::detail, measure.label},
          {measure.lowest_name, measure.unit, Role::detail, measure.lowest_label}};
}

Answer class_table(const AbcFound& found, const AbcQuestion& question) {
  const AbcMeasure& measure = question.measure();
  Answer answer = empty_answer(class_columns(question), View::bars);
  auto& columns = answer.frame.columns;
  const RankedPart& all = found.items.all();
  const auto parts = found.items.classes(question.percents);
  for (std::size_t at = 0; at < parts.size(); ++at) {
    columns[0].push_text(class_name(at));
    push(columns[1], ratio(parts[at].value, all.value));
    push(columns[2], ratio(parts[at].items, all.items));
    columns[3].push_integer(parts[at].items);
    push_value(columns[4], measure, parts[at].value);
    if (parts[at].items == 0) {
      columns[5].push_null();
    } else {
      push_value(columns[5], measure, parts[at].lowest);
    }
  }
  return answer;
}

Answer curve_table(const AbcFound& found, const AbcQuestion& question) {
  const AbcMeasure& measure = question.measure();
  const ColumnCard cards[] = {
      {"items_share", Unit::ratio, Role::dimension, {"Highest items", "排名最前的"}},
      {"value_share", Unit::ratio, Role::value, {"Hold this share of the total", "合计占总量"}},
      {"items", Unit::count, Role::base, {"How many", "个数"}},
      {"class", Unit::none, Role::detail, {"Class of the last of them", "末位所属类别"}},
      {measure.name, measure.unit, Role::detail, measure.label}};
  Answer answer = empty_answer(cards, View::curve);
  auto& columns = answer.frame.columns;
  const RankedPart& all = found.items.all();
  for (std::int64_t percent = 0; percent <= 100; ++percent) {
    const RankedPart part = found.items.highest((all.items * percent + 99) / 100);
    columns[0].push_real(static_cast<double>(percent) / 100);
    push(columns[1], ratio(part.value, all.value));
    columns[2].push_integer(part.items);
    if (part.items == 0) {
      columns[3].push_null();
    } else {
      const std::int64_t before = part.value - part.lowest;
      columns[3].push_text(class_name(found.items.class_of(before, question.percents)));
    }
    push_value(columns[4], measure, part.value);
  }
  return answer;
}

Answer empty_abc_list(const AbcQuestion& question) {
  return empty_answer(list_columns(question), View::table);
}

void add_abc_item(const AbcFound& found, RankedPart& before, const Frame& rows, std::size_t row,
                  const AbcQuestion& question, Answer& answer) {
  Frame& into = answer.frame;
  const AbcMeasure& measure = question.measure();
  const std::int64_t value = rows.at("value").integers()[row];
  const std::int64_t total = found.items.all().value;
  into.at("rank").push_integer(before.items + 1);
  into.at("item_key").push_text(rows.at("item_key").texts().at(row));
  if (into.has("name")) {
    into.at("name").push_text(rows.at("name").texts().at(row));
  }
  into.at("class").push_text(class_name(found.items.class_of(before.value, question.percents)));
  push_value(into.at(measure.name), measure, value);
  push(into.at("value_share"), ratio(value, total));
  push(into.at("running_share"), ratio(before.value + value, total));
  before.items += 1;
  before.value += value;
}

void add_abc_notes(const AbcFound& found, const AbcQuestion& question, std::vector<Note>& notes) {
  const RankedPart a = found.items.classes(question.percents).front();
  const double share =
      100 * static_cast<double>(a.items) / static_cast<double>(found.items.all().items);
  notes.push_back(
      {"pareto",
       {fmt::format("The first {} {} ({} %) make up {} % of the total.", with_commas(a.items),
                    question.items().en, short_number(share), question.percents.front()),
        fmt::format("排在最前的 {} {}（{}%）构成总量的 {}%。", with_commas(a.items),
                    question.items().zh, short_number(share), question.percents.front())}});
  notes.push_back(
      {"boundaries",
       {"The one that crosses a cut belongs to the upper class; of equals the one with the lower "
        "number or key comes first.",
        "跨过分界线的那一个归入上一类；数值相同时，编号小的在前。"}});
  if (question.of == AbcOf::products) {
    notes.push_back({"products_net",
                     {"Products count with their net amounts, whoever bought them.",
                      "商品按净额计入，不论买家是否可识别。"}});
  }
  if (found.unknown > 0) {
    const std::int64_t all = found.unknown + found.items.all().items;
    notes.push_back(
        {"unknown_values",
         {fmt::format("{} of {} {} are left out: what is needed ({}) is not known for all they "
                      "count with.",
                      with_commas(found.unknown), with_commas(all), question.items().en,
                      question.by == AbcBy::margin ? "cost" : "units"),
          fmt::format("{} {}中有 {} 未计入：所需的{}不完整。", with_commas(all),
                      question.items().zh, with_commas(found.unknown),
                      question.by == AbcBy::margin ? "成本" : "件数")}});
  }
}

}  // namespace huitou::analyses
