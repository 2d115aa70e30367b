// Guessing a mapping takes four steps, each a pass over the columns:
//   1. by name: the dictionary proposes a field, the values confirm or refute it;
//   2. by value: a file without a date, an amount or a customer is searched for one;
//   3. one column a field: the surest wins, the others are set aside with a reason;
//   4. the table: what one row is, from the fields that were found and how keys repeat.

#include <algorithm>
#include <functional>

#include "ingest/evidence.h"
#include "ingest/mapping.h"

namespace huitou::ingest {
namespace {

constexpr double kSureEnough = 0.4;
/// Order numbers that repeat this often in this many rows are no slips: the rows are lines.
constexpr double kManyRepeats = 0.3;
constexpr std::size_t kEnoughRows = 50;

struct Guesser {
  const FileInfo& info;
  Dictionary dictionary{};
  std::vector<Evidence> evidence{};
  std::vector<std::size_t> ranks{};
  Mapping mapping{};

  ColumnMapping& column(std::size_t i) { return mapping.columns[i]; }
  void reason(std::size_t i, std::string en, std::string zh) {
    column(i).reasons.push_back({std::move(en), std::move(zh)});
  }
  void take(std::size_t i, Field field, double confidence, std::string en, std::string zh) {
    column(i).field = field;
    column(i).confidence = confidence;
    reason(i, std::move(en), std::move(zh));
  }
};

void by_name(Guesser& guess, std::size_t i) {
  const std::optional<NameMatch> match = guess.dictionary.column(guess.info.columns[i]);
  guess.ranks[i] = match ? match->rank : 1000;
  if (!match || match->field == Field::ignore) {
    if (match) {
      guess.reason(i, "the name '" + match->entry + "' is not needed",
                   "列名“" + match->entry + "”无需使用");
    }
    return;
  }
  guess.take(i, match->field, match->confidence,
             match->confidence == 1 ? "the dictionary knows the name '" + match->entry + "'"
                                    : "the name contains '" + match->entry + "'",
             match->confidence == 1 ? "词典中有列名“" + match->entry + "”"
                                    : "列名包含“" + match->entry + "”");
  guess.column(i).whole_units = match->whole_units;
  const Evidence& values = guess.evidence[i];
  if (values.values == 0) {
    return;
  }
  const bool refuted = (is_date(match->field) && !values.mostly_dates) ||
                       (is_number(match->field) && !values.mostly_numbers);
  if (refuted) {
    guess.column(i).confidence *= 0.3;
    guess.reason(
        i,
        is_date(match->field) ? "but the values are not dates" : "but the values are not numbers",
        is_date(match->field) ? "但内容不是日期" : "但内容不是数字");
  } else if (is_date(match->field)) {
    guess.reason(i, "the values are dates", "内容是日期");
  } else if (match->field == Field::status && values.status_share >= 0.8) {
    guess.reason(i, "the values are words of order status", "内容是订单状态词");
  }
  if (guess.column(i).confidence < kSureEnough) {
    guess.column(i).field = Field::ignore;
  }
}

/// The column that is not taken yet, fits, and is best by `score` (the larger the better).
std::optional<std::size_t> best_free(const Guesser& guess,
                                     const std::function<double(const Evidence&)>& score) {
  std::optional<std::size_t> best;
  double best_score = 0;
  for (std::size_t i = 0; i < guess.evidence.size(); ++i) {
    const bool is_free = guess.mapping.columns[i].field == Field::ignore && guess.ranks[i] == 1000;
    const double value = is_free ? score(guess.evidence[i]) : 0;
    if (value > best_score) {
      best = i;
      best_score = value;
    }
  }
  return best;
}

bool has_amount(const Mapping& mapping) {
  return mapping.has(Field::paid) || mapping.has(Field::gross) || mapping.has(Field::net) ||
         (mapping.has(Field::price) && mapping.has(Field::quantity));
}

/// The table of a file that names what a customer did, asked or answered.
std::optional<Table> happening(const Mapping& mapping) {
  if (mapping.has(Field::order_key) || (mapping.has(Field::ordered_at) && has_amount(mapping))) {
    return std::nullopt;
  }
  if (mapping.has(Field::ticket_key) || mapping.has(Field::opened_at)) return Table::tickets;
  if (mapping.has(Field::survey_key) || mapping.has(Field::answered_on)) return Table::surveys;
  if (mapping.has(Field::event_key) || mapping.has(Field::occurred_at)) return Table::events;
  return std::nullopt;
}

void search_dates_and_money(Guesser& guess) {
  if (happening(guess.mapping)) return;
  if (!guess.mapping.has(Field::ordered_at)) {
    const auto found = best_free(guess, [](const Evidence& e) {
      return e.date && e.date->shape != DateShape::excel_serial ? 1.0 : 0.0;
    });
    if (found) {
      guess.take(*found, Field::ordered_at, 0.7, "the values are dates", "内容是日期");
    }
  }
  const bool order_like = guess.mapping.has(Field::ordered_at);
  if (order_like && !has_amount(guess.mapping) && !guess.mapping.has(Field::price)) {
    const auto found = best_free(
        guess, [](const Evidence& e) { return e.number && !e.date && e.has_cents ? 1.0 : 0.0; });
    if (found) {
      guess.take(*found, Field::paid, 0.6, "numbers with decimals: taken for money",
                 "带小数的数字：视为金额");
    }
  }
  const auto state =
      guess.mapping.has(Field::status)
          ? std::nullopt
          : best_free(guess, [](const Evidence& e) { return e.status_share >= 0.8 ? 1.0 : 0.0; });
  if (order_like && state) {
    guess.take(*state, Field::status, 0.8, "the values are words of order status",
               "内容是订单状态词");
  }
}

void search_keys(Guesser& guess) {
  const std::optional<std::size_t> id = guess.mapping.find(Field::id);
  if (id) {
    const bool own = !guess.mapping.has(Field::customer_key) && !guess.evidence[*id].unique();
    const Field field =
        own || !guess.mapping.has(Field::ordered_at) ? Field::customer_key : Field::order_key;
    if (!guess.mapping.has(field)) {
      guess.take(*id, field, 0.7,
                 own ? "values repeat: a customer comes again" : "each value occurs once",
                 own ? "内容重复出现：同一客户多次购买" : "每个值只出现一次");
    } else {
      guess.column(*id).field = Field::ignore;
    }
  }
  const std::optional<std::size_t> name = guess.mapping.find(Field::name);
  if (name && !guess.mapping.has(Field::order_key) && guess.evidence[*name].hash_sign) {
    guess.take(*name, Field::order_key, 0.9, "values like #1001 are order numbers",
               "形如 #1001 的内容是订单编号");
  }
  if (!guess.mapping.has(Field::ordered_at) || guess.mapping.has(Field::customer_key)) {
    return;
  }
  // The first column of keys that repeat: customers come again.
  const auto found = best_free(guess, [](const Evidence& e) {
    const bool key_like = !e.date && (!e.number || (e.whole && e.largest >= 2 && !e.has_cents));
    return key_like && e.distinct >= 2 && e.distinct_share() > 0.05 && !e.unique() ? 1.0 : 0.0;
  });
  if (found) {
    guess.take(*found, Field::customer_key, 0.5, "keys that repeat: taken for the customer",
               "重复出现的标识：视为客户");
  }
}

void search_units(Guesser& guess) {
  if (!guess.mapping.has(Field::ordered_at) || guess.mapping.has(Field::units) ||
      guess.mapping.has(Field::quantity) || guess.info.dialect.has_header) {
    return;
  }
  const auto found = best_free(guess, [](const Evidence& e) {
    return e.number && e.whole && e.largest < 1000 && e.distinct_share() < 0.2 ? 1.0 : 0.0;
  });
  if (found) {
    guess.take(*found, Field::units, 0.5, "small whole numbers: taken for pieces",
               "较小的整数：视为件数");
  }
}

void one_column_a_field(Guesser& guess) {
  for (std::size_t i = 0; i < guess.mapping.columns.size(); ++i) {
    for (std::size_t j = 0; j < guess.mapping.columns.size(); ++j) {
      const ColumnMapping& mine = guess.mapping.columns[i];
      const ColumnMapping& other = guess.mapping.columns[j];
      if (i == j || mine.field == Field::ignore || mine.field != other.field) {
        continue;
      }
      const auto worth = [&](std::size_t k) {
        return std::tuple(guess.evidence[k].values > 0, guess.mapping.columns[k].confidence,
                          -static_cast<double>(guess.ranks[k]), -static_cast<double>(k));
      };
      if (worth(i) < worth(j)) {
        guess.reason(i, "not used: '" + other.column + "' is the surer column for it",
                     "未使用：“" + other.column + "”更符合该含义");
        guess.column(i).field = Field::ignore;
      }
    }
  }
}

void take_contact_for_key(Guesser& guess) {
  const auto key = guess.mapping.find(Field::customer_key);
  const auto contact = contact_for_key(guess.mapping, guess.evidence);
  if (contact && key) {
    guess.column(*key).field = Field::ignore;
  }
  if (contact) {
    guess.take(*contact, Field::customer_key, guess.column(*contact).confidence,
               "the only key of the customer there is", "这是唯一的客户标识");
  }
}

/// Rows that share their order with the row before, in the samples.
double repeated_orders(const Guesser& guess) {
  const auto key = guess.mapping.find(Field::order_key);
  return key ? 1 - guess.evidence[*key].distinct_share() : 0;
}

void rename(Guesser& guess, Field from, Field to) {
  const auto found = guess.mapping.find(from);
  if (found) {
    guess.column(*found).field = guess.mapping.has(to) ? Field::ignore : to;
  }
}

Table decide_table(Guesser& guess) {
  const Mapping& mapping = guess.mapping;
  Mapping& out = guess.mapping;
  if (const auto table = happening(mapping)) {
    constexpr const char* kReason = "a row is no order: the columns are those of ";
    out.reason = {kReason + std::string(table_name(*table)),
                  "每行不是订单：各列属于 " + std::string(table_name(*table))};
    return *table;
  }
  const bool selling =
      has_amount(mapping) || mapping.has(Field::price) || mapping.has(Field::order_key);
  if (!mapping.has(Field::ordered_at) && !mapping.has(Field::order_key)) {
    if (mapping.has(Field::customer_key) && !has_amount(mapping)) {
      out.reason = {
          "a row is a customer: there is a customer's key and neither order nor date of an order",
          "每行一位客户：有客户标识，没有订单和下单日期"};
      return Table::customers;
    }
    if (mapping.has(Field::product_key)) {
      out.reason = {"a row is a product: there is a product's key and no order",
                    "每行一个商品：有商品编号，没有订单"};
      return Table::products;
    }
    if (mapping.has(Field::store_key) && !has_amount(mapping)) {
      out.reason = {"a row is a store: there is a store's key and no order",
                    "每行一家门店：有门店编号，没有订单"};
      return Table::stores;
    }
  }
  const bool names_product = mapping.has(Field::product_key) || mapping.has(Field::product_name);
  const bool has_lines =
      mapping.has(Field::order_key) &&
      ((names_product && (mapping.has(Field::price) || mapping.has(Field::quantity) ||
                          repeated_orders(guess) > 0.05)) ||
       (repeated_orders(guess) > kManyRepeats && selling &&
        guess.info.samples.size() >= kEnoughRows) ||
       mapping.has(Field::line_number));
  if (!has_lines) {
    out.reason =
        mapping.has(Field::order_key)
            ? Sentence{"a row is an order: order numbers do not repeat",
                       "每行一个订单：订单编号不重复"}
            : Sentence{
                  "a row is an order: there is no order number, so each row gets a key of its own",
                  "每行一个订单：没有订单编号，每行自动生成订单标识"};
    return Table::orders;
  }
  if (!mapping.has(Field::ordered_at) || !mapping.has(Field::customer_key)) {
    out.reason = {"a row is a product in an order whose date and customer come from another file",
                  "每行是订单中的一个商品，订单的日期和客户来自其他文件"};
    return Table::order_lines;
  }
  out.reason = {"a row is a product in an order: order numbers repeat and products are named",
                "每行是订单中的一个商品：订单编号重复出现，且有商品信息"};
  return Table::lines;
}

/// Words whose meaning depends on what a row is.
void settle_names(Guesser& guess) {
  const Table table = guess.mapping.table;
  if (const auto when = moment_field(table)) {
    rename(guess, Field::ordered_at, *when);
  }
  if (table == Table::customers) {
    rename(guess, Field::customer_name, Field::name);
  } else if (table == Table::products) {
    rename(guess, Field::product_name, Field::name);
  } else if (table == Table::stores) {
    rename(guess, Field::store_name, Field::name);
  } else if (table == Table::orders) {
    rename(guess, Field::quantity, Field::units);
    if (!has_amount(guess.mapping)) {
      rename(guess, Field::price, Field::paid);
    }
  } else {
    rename(guess, Field::units, Field::quantity);
  }
  rename(guess, Field::id, Field::ignore);
  if (table == Table::orders || table == Table::lines || table == Table::order_lines) {
    rename(guess, Field::name, Field::ignore);
  }
}

/// How a column goes on over the lines of one order, in the samples.
struct WithinOrders {
  std::size_t rows = 0;  ///< that share their order with the row before
  std::size_t same = 0;
  std::size_t blank = 0;
};

WithinOrders within_orders(const FileInfo& info, std::size_t key, std::size_t column) {
  WithinOrders out;
  for (std::size_t row = 1; row < info.samples.size(); ++row) {
    const auto& now = info.samples[row];
    const auto& before = info.samples[row - 1];
    if (now[key] == before[key]) {
      ++out.rows;
      out.same += now[column] == before[column] ? 1U : 0U;
      out.blank += is_nothing(clean_text(now[column])) ? 1U : 0U;
    }
  }
  return out;
}

/// In a file of lines with price and quantity, an amount that is blank or the same over the lines
/// of an order is that of the whole order.
void settle_order_totals(Guesser& guess) {
  const auto key = guess.mapping.find(Field::order_key);
  const bool priced = guess.mapping.has(Field::price) && guess.mapping.has(Field::quantity);
  if (guess.mapping.table != Table::lines || !key || !priced) {
    return;
  }
  const auto paid = guess.mapping.find(Field::paid);
  const WithinOrders seen = paid ? within_orders(guess.info, *key, *paid) : WithinOrders{};
  if (seen.rows > 0 && (seen.same + seen.blank) * 10 >= seen.rows * 9) {
    guess.column(*paid).field = Field::order_paid;
    guess.reason(*paid, "the same for all lines of an order: the amount of the whole order",
                 "同一订单各行相同：视为整单金额");
  }
  for (const Field field : {Field::gross, Field::discount, Field::refund}) {
    const auto column = guess.mapping.find(field);
    const WithinOrders whole = column ? within_orders(guess.info, *key, *column) : WithinOrders{};
    if (whole.rows > 0 && whole.blank * 10 >= whole.rows * 9) {
      guess.column(*column).field = Field::ignore;
      guess.reason(*column,
                   "not used: it is of the whole order, the lines have prices of their own",
                   "未使用：这是整单的数值，各行有自己的单价");
    }
  }
}

}  // namespace

void guess_formats(const FileInfo& info, Mapping& mapping) {
  for (std::size_t i = 0; i < mapping.columns.size(); ++i) {
    ColumnMapping& column = mapping.columns[i];
    const std::vector<std::string_view> values = sample_values(info, i);
    if (is_date(column.field)) {
      column.date = usual_date_format(values).value_or(DateFormat{});
    } else if (is_number(column.field)) {
      column.number = usual_number_format(values).value_or(NumberFormat{});
    }
  }
}

Mapping guess_mapping(const FileInfo& info, std::optional<Table> table) {
  Guesser guess{info};
  for (std::size_t i = 0; i < info.columns.size(); ++i) {
    guess.mapping.columns.push_back({info.columns[i]});
    guess.evidence.push_back(weigh(info, i, guess.dictionary));
    guess.ranks.push_back(1000);
  }
  for (std::size_t i = 0; info.dialect.has_header && i < info.columns.size(); ++i) {
    by_name(guess, i);
  }
  one_column_a_field(guess);
  take_contact_for_key(guess);
  search_dates_and_money(guess);
  search_keys(guess);
  search_units(guess);
  const Table decided = decide_table(guess);
  guess.mapping.table = table.value_or(decided);
  settle_names(guess);
  settle_order_totals(guess);
  guess_formats(info, guess.mapping);
  return std::move(guess.mapping);
}

}  // namespace huitou::ingest
