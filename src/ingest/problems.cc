#include "ingest/problems.h"

#include <algorithm>
#include <map>

#include "ingest/dictionary.h"
#include "ingest/values.h"

namespace huitou::ingest {
namespace {

constexpr std::size_t kUnreadableSamples = 5;

bool is_quantity(Field field) {
  return field == Field::quantity || field == Field::units || field == Field::duration ||
         field == Field::first_reply_minutes || field == Field::satisfaction ||
         field == Field::score;
}

bool is_readable(const ColumnMapping& column, std::string_view value,
                 const Dictionary& dictionary) {
  Moment moment;
  std::int64_t number = 0;
  Reading reading = Reading::ok;
  if (column.field == Field::status) {
    return dictionary.status(value) != 0;
  }
  if (is_date(column.field)) {
    reading = parse_moment(value, column.date, moment);
  } else if (is_number(column.field)) {
    reading = is_quantity(column.field) ? parse_quantity(value, column.number, number)
                                        : parse_money(value, column.number, number);
  }
  return reading != Reading::wrong && reading != Reading::overflow;
}

/// Where findings name a field, the column that it was read from.
std::string column_named(const Mapping& mapping, const std::string& name) {
  for (const ColumnMapping& column : mapping.columns) {
    if (column.column == name || field_name(column.field) == name) {
      return column.column;
    }
  }
  return {};
}

std::string field_at(const Mapping& mapping, const std::string& column) {
  for (const ColumnMapping& one : mapping.columns) {
    if (one.column == column) {
      return std::string(field_name(one.field));
    }
  }
  return {};
}

/// What a row is, as people call it.
Words called(Table table) {
  constexpr Words kNames[] = {{"orders", "订单"},
                              {"orders with products", "订单与商品行"},
                              {"products of orders", "订单的商品行"},
                              {"customers", "客户"},
                              {"products", "商品"},
                              {"stores", "门店"},
                              {"events", "事件"},
                              {"service tickets", "工单"},
                              {"answers to surveys", "答卷"}};
  return kNames[static_cast<std::size_t>(table)];
}

/// Without the field's name in brackets, which is for mapping files.
std::string plain(std::string_view text, std::string_view open, std::string_view close) {
  std::string out(text);
  const std::size_t begin = out.find(open);
  const std::size_t end = out.find(close, begin);
  if (end != std::string::npos) {
    out.erase(begin, end + close.size() - begin);
  }
  return out;
}

Problem lacking(const Need& need) {
  return {.code = "missing_field",
          .severity = "error",
          .blocks = true,
          .field = std::string(field_name(need.field)),
          .text = {"No column gives " + plain(need.words.en, " (", ")") + ".",
                   "没有列对应" + plain(need.words.zh, "（", "）") + "。"}};
}

Problem not_taken(const ColumnMapping& column, Table table) {
  const Words label = field_label(column.field);
  const Words name = called(table);
  return {.code = "not_taken",
          .severity = "warning",
          .column = column.column,
          .field = std::string(field_name(column.field)),
          .text = {"'" + column.column + "' is passed over: rows of " + std::string(name.en) +
                       " have no " + std::string(label.en) + ".",
                   "“" + column.column + "”不会载入：" + std::string(name.zh) + "没有“" +
                       std::string(label.zh) + "”。"}};
}

}  // namespace

ColumnReading read_column(const FileInfo& info, const ColumnMapping& column, std::size_t at) {
  const Dictionary dictionary;
  ColumnReading out;
  for (const std::vector<std::string>& row : info.samples) {
    const std::string_view value = clean_text(row.at(at));
    if (is_nothing(value)) {
      ++out.empty;
      continue;
    }
    ++out.values;
    if (is_readable(column, value, dictionary)) {
      continue;
    }
    ++out.unreadable;
    auto& samples = out.unreadable_samples;
    if (samples.size() < kUnreadableSamples &&
        std::find(samples.begin(), samples.end(), value) == samples.end()) {
      samples.emplace_back(value);
    }
  }
  return out;
}

std::vector<Problem> problems_of(const Mapping& mapping) {
  std::vector<Problem> out;
  for (const Need& need : missing(mapping)) {
    out.push_back(lacking(need));
  }
  for (const ColumnMapping& column : mapping.columns) {
    const bool used = column.field != Field::ignore;
    if (used && !takes(mapping.table, column.field)) {
      out.push_back(not_taken(column, mapping.table));
    }
  }
  return out;
}

std::vector<Problem> problems_of(const Findings& findings, const Mapping& mapping) {
  std::map<std::pair<Rule, std::string>, Problem> found;
  for (const Finding& finding : findings.kept()) {
    // Without a column of customers it is a note on the file.
    if (finding.rule == Rule::missing_customer && !mapping.has(Field::customer_key)) {
      continue;
    }
    const std::string column = column_named(mapping, finding.field);
    Problem& problem = found[{finding.rule, column}];
    if (problem.rows++ > 0) {
      continue;
    }
    const RuleCard& card = rule_card(finding.rule);
    problem.code = card.name;
    problem.severity = card.severity;
    problem.column = column;
    problem.field = field_at(mapping, column);
    problem.value = finding.value;
    problem.text = {std::string(card.meaning.en), std::string(card.meaning.zh)};
  }
  std::vector<Problem> out;
  for (auto& [key, problem] : found) {
    const Rule rule = key.first;
    const bool alone = std::count_if(found.begin(), found.end(), [&](const auto& other) {
                         return other.first.first == rule;
                       }) == 1;
    // Only so many findings are kept, but all are counted.
    problem.rows = alone ? findings.rows(rule) : problem.rows;
    out.push_back(std::move(problem));
  }
  const auto weight = [](const Problem& problem) {
    return std::pair(problem.severity == "error"     ? 0
                     : problem.severity == "warning" ? 1
                                                     : 2,
                     -static_cast<std::int64_t>(problem.rows));
  };
  std::stable_sort(out.begin(), out.end(),
                   [&](const Problem& a, const Problem& b) { return weight(a) < weight(b); });
  return out;
}

}  // namespace huitou::ingest
