#include "metrics/test_shop.h"

#include <fmt/format.h>

#include <cmath>
#include <fstream>
#include <map>
#include <random>
#include <sstream>

#include "engine/testing.h"

namespace huitou::metrics::testing {
namespace {

void push_optional(Column& column, std::optional<std::int64_t> value) {
  if (value) {
    column.push_integer(*value);
  } else {
    column.push_null();
  }
}

/// The columns of the table, in its order, from those that were filled.
Frame in_order(std::string_view table, std::map<std::string, Column> filled) {
  Frame frame;
  for (const engine::TableColumn& column : schema::table(table).columns) {
    const auto found = filled.find(column.name);
    CHECK(found != filled.end());
    frame.columns.push_back(std::move(found->second));
  }
  return frame;
}

Frame order_frame(const std::vector<OrderRow>& orders) {
  std::map<std::string, Column> columns;
  for (const auto& column : schema::table("orders").columns) {
    const bool text = column.type == "String";
    columns[column.name] =
        make_column(column.name, text                          ? ColumnType::text
                                 : column.name == "ordered_on" ? ColumnType::date
                                 : column.name == "ordered_at" ? ColumnType::time
                                                               : ColumnType::integer);
  }
  for (const OrderRow& order : orders) {
    columns["order_key"].push_text(order.order_key);
    columns["customer_id"].push_integer(order.customer_id);
    columns["ordered_at"].push_integer(std::int64_t{order.ordered_on.days} * 24 * 3600);
    columns["ordered_on"].push_integer(order.ordered_on.days);
    columns["status"].push_integer(order.status);
    columns["gross_minor"].push_integer(order.gross);
    columns["discount_minor"].push_integer(order.discount);
    columns["refund_minor"].push_integer(order.refund);
    columns["net_minor"].push_integer(order.gross - order.discount - order.refund);
    push_optional(columns["cost_minor"], order.cost);
    push_optional(columns["own_cost_minor"], std::nullopt);
    push_optional(columns["units_milli"], order.units_milli);
    columns["lines"].push_integer(1);
    columns["account_id"].push_integer(0);
    columns["channel"].push_text(order.channel);
    columns["region"].push_text(order.region);
    for (const char* name : {"store_key", "campaign", "source"}) {
      columns[name].push_text("");
    }
  }
  return in_order("orders", std::move(columns));
}

Frame line_frame(const std::vector<LineRow>& lines) {
  std::map<std::string, Column> columns;
  for (const auto& column : schema::table("order_lines").columns) {
    columns[column.name] = make_column(column.name, column.type == "String" ? ColumnType::text
                                                    : column.type == "Date" ? ColumnType::date
                                                                            : ColumnType::integer);
  }
  std::int64_t number = 0;
  for (const LineRow& line : lines) {
    columns["order_key"].push_text(line.order_key);
    columns["line_number"].push_integer(++number);
    push_optional(columns["own_cost_minor"], std::nullopt);
    columns["customer_id"].push_integer(line.customer_id);
    columns["ordered_on"].push_integer(line.ordered_on.days);
    columns["status"].push_integer(2);
    columns["product_key"].push_text(line.product_key);
    columns["category"].push_text(line.category);
    for (const char* name : {"quantity_milli", "price_minor", "gross_minor", "net_minor"}) {
      columns[name].push_integer(1000);
    }
    columns["account_id"].push_integer(0);
    for (const char* name : {"channel", "store_key", "region", "campaign", "source"}) {
      columns[name].push_text("");
    }
  }
  return in_order("order_lines", std::move(columns));
}

Status put(engine::Engine& engine, const std::string& table, const Frame& frame) {
  TRY(engine.truncate_table(table));
  if (frame.rows() == 0) {
    return {};
  }
  TRY(auto inserter, engine.insert(table, schema::table(table).columns));
  TRY(inserter->write(frame));
  return inserter->finish();
}

[[noreturn]] void unreadable(int line, const std::string& what) {
  throw Bug(fmt::format("line {}: cannot read '{}'", line, what));
}

class Reader {
 public:
  Script read(std::istream& in) {
    std::string text;
    while (std::getline(in, text)) {
      ++line_;
      const std::size_t hash = text.find('#');
      std::istringstream words(text.substr(0, hash));
      std::vector<std::string> row;
      for (std::string word; words >> word;) {
        row.push_back(word);
      }
      if (!row.empty()) {
        take(row, text.front() == ' ');
      }
    }
    return std::move(script_);
  }

 private:
  void take(const std::vector<std::string>& row, bool indented) {
    if (!indented) {
      section_ = row.front();
      if (section_ == "metric") {
        take_metric(row);
      }
    } else if (section_ == "orders") {
      take_order(row);
    } else if (section_ == "lines") {
      script_.shop.lines.push_back(
          {row.at(2), customer(row.at(0)), day(row.at(1)), row.at(3), row.at(4)});
    } else if (row.front() == "note") {
      script_.cases.back().notes.push_back(row.at(1));
    } else {
      script_.cases.back().rows.push_back({{row.begin(), row.end() - 1}, row.back()});
    }
  }

  void take_order(const std::vector<std::string>& row) {
    OrderRow order;
    order.order_key = fmt::format("o{}", script_.shop.orders.size());
    order.customer_id = customer(row.at(0));
    order.ordered_on = day(row.at(1));
    order.gross = std::stoll(row.at(2));
    for (std::size_t i = 3; i < row.size(); ++i) {
      take_word(order, row[i]);
    }
    script_.shop.orders.push_back(order);
  }

  void take_word(OrderRow& order, const std::string& word) {
    const std::map<std::string, std::int64_t> statuses{
        {"created", 1}, {"paid", 2}, {"delivered", 3}, {"cancelled", 4}, {"refunded", 5}};
    const std::size_t equals = word.find('=');
    const std::string name = word.substr(0, equals);
    if (equals == std::string::npos) {
      const auto found = statuses.find(word);
      found == statuses.end() ? unreadable(line_, word) : void(order.status = found->second);
      order.refund = order.status == 5 ? order.gross : order.refund;
      return;
    }
    const std::string value = word.substr(equals + 1);
    if (name == "channel" || name == "region") {
      (name == "channel" ? order.channel : order.region) = value;
    } else if (name == "units" || name == "cost") {
      (name == "units" ? order.units_milli : order.cost) =
          std::stoll(value) * (name == "units" ? 1000 : 1);
    } else if (name == "refund" || name == "discount") {
      (name == "refund" ? order.refund : order.discount) = std::stoll(value);
    } else {
      unreadable(line_, word);
    }
  }

  void take_metric(const std::vector<std::string>& row) {
    Case one;
    one.line = line_;
    one.question.metrics = {find(row.at(1)).value()};
    for (std::size_t i = 2; i + 1 < row.size(); i += 2) {
      take_clause(one.question, row[i], row[i + 1]);
    }
    script_.cases.push_back(std::move(one));
  }

  void take_clause(Question& question, const std::string& name, const std::string& value) {
    Switches& switches = question.switches;
    const std::size_t equals = value.find('=');
    if (name == "from") {
      question.period.from = day(value);
    } else if (name == "to") {
      question.period.to = day(value);
    } else if (name == "as_of") {
      question.as_of = day(value);
    } else if (name == "by") {
      question.by = parse_granularity(value);
    } else if (name == "week_start") {
      question.week_start = parse_week_start(value).value();
    } else if (name == "over") {
      question.dimensions.push_back(value);
    } else if (name == "where") {
      question.filters.push_back({value.substr(0, equals), {value.substr(equals + 1)}});
    } else if (name == "status") {
      switches.status = schema::parse_status_policy(value).value();
    } else if (name == "merge_days" || name == "zero_amounts") {
      name == "merge_days" ? void(switches.merge_days = value == "true")
                           : void(switches.zero_amounts = value == "true");
    } else if (name == "days" || name == "window") {
      name == "days" ? void(switches.days = std::stoi(value))
                     : void(switches.window = std::stoi(value));
    } else if (name == "compare") {
      question.comparison = value == "previous_period" ? Comparison::previous_period
                                                       : Comparison::same_period_last_year;
    } else {
      unreadable(line_, name);
    }
  }

  Date day(const std::string& text) const {
    const auto date = parse_date(text);
    return date.ok() ? *date : (unreadable(line_, text), Date{});
  }

  std::int64_t customer(const std::string& name) {
    if (name == "-") {
      return 0;
    }
    return customers_.emplace(name, static_cast<std::int64_t>(customers_.size()) + 1).first->second;
  }

  Script script_;
  std::string section_;
  std::map<std::string, std::int64_t> customers_;
  int line_ = 0;
};

std::string shown(std::optional<double> value) {
  return value ? fmt::format("{:.10g}", *value) : "null";
}

/// The answer's figure in the form in which the expected one is written.
std::string figure_of(const Answer& answer, const std::string& metric, std::size_t row,
                      const std::string& expected) {
  const Frame& frame = answer.frame;
  const std::size_t slash = expected.find('/');
  if (slash != std::string::npos) {
    return shown(frame.real(metric + "_numerator", row)) + "/" +
           shown(frame.real(metric + "_base", row));
  }
  const std::size_t arrow = expected.find("<-");
  const std::string value = shown(frame.real(metric, row));
  return arrow == std::string::npos ? value
                                    : value + "<-" + shown(frame.real(metric + "_before", row));
}

std::vector<std::string> keys_of(const Answer& answer, std::size_t row) {
  std::vector<std::string> keys;
  for (std::size_t i = 0; i < answer.columns.size(); ++i) {
    const AnswerColumn& column = answer.columns[i];
    if (column.unit == Unit::date) {
      keys.push_back(format_date(Date{static_cast<int>(*answer.frame.integer(column.name, row))}));
    } else if (column.unit == Unit::none) {
      keys.push_back(*answer.frame.text(column.name, row));
    }
  }
  return keys;
}

}  // namespace

Status fill(engine::Engine& engine, const ShopRows& shop) {
  TRY(schema::ensure(engine));
  TRY(put(engine, "orders", order_frame(shop.orders)));
  return put(engine, "order_lines", line_frame(shop.lines));
}

Script read_script(const std::string& path) {
  std::ifstream in(path);
  CHECK(in.good());
  return Reader().read(in);
}

std::string differences(const Case& expected, const Answer& answer) {
  const std::string metric(expected.question.metrics.front()->card.name);
  std::string found;
  std::string wanted;
  for (std::size_t row = 0; row < answer.frame.rows(); ++row) {
    const std::string form = row < expected.rows.size() ? expected.rows[row].figure : "";
    found += fmt::format("{} {}\n", fmt::join(keys_of(answer, row), " "),
                         figure_of(answer, metric, row, form));
  }
  for (const Expectation& row : expected.rows) {
    wanted += fmt::format("{} {}\n", fmt::join(row.keys, " "), row.figure);
  }
  std::string all_notes;
  for (const Note& note : answer.notes) {
    all_notes += note.code + " ";
  }
  for (const std::string& note : expected.notes) {
    if (all_notes.find(note) == std::string::npos) {
      found += "notes: " + all_notes + "\n";
      wanted += "note " + note + "\n";
    }
  }
  return found == wanted
             ? ""
             : fmt::format("line {}\nfound\n{}wanted\n{}", expected.line, found, wanted);
}

ShopRows random_shop(unsigned seed) {
  std::mt19937 rng(seed);
  const auto pick = [&](int from, int to) {
    return std::uniform_int_distribution<int>(from, to)(rng);
  };
  const int start = parse_date("2023-10-01").value().days;
  const std::vector<std::string> channels{"web", "app", "门店"};
  ShopRows shop;
  for (int i = 0; i < 400; ++i) {
    OrderRow order;
    order.order_key = fmt::format("o{}", i);
    order.customer_id = pick(0, 60);
    order.ordered_on = Date{start + pick(0, 1) * pick(0, 60) + pick(0, 150)};
    order.status = pick(1, 5);
    order.gross = pick(0, 5) * 100;
    order.discount = order.gross == 0 ? 0 : pick(0, 1) * 20;
    order.refund = order.status == 5 ? order.gross - order.discount : 0;
    order.units_milli =
        pick(0, 3) == 0 ? std::nullopt : std::optional<std::int64_t>(pick(1, 4) * 1000);
    order.cost = pick(0, 9) == 0 ? std::nullopt : std::optional<std::int64_t>(pick(10, 90));
    order.channel = channels[static_cast<std::size_t>(pick(0, 2))];
    shop.orders.push_back(order);
    shop.lines.push_back({order.order_key, order.customer_id, order.ordered_on,
                          fmt::format("p{}", pick(0, 5)), fmt::format("c{}", pick(0, 2))});
  }
  return shop;
}

}  // namespace huitou::metrics::testing
