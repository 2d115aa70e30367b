// segments check, preview, customers, words: who fits a rule.

#include "commands/segments.h"

#include <fmt/format.h>

#include <algorithm>

#include "commands/rows.h"
#include "commands/shop.h"
#include "identity/identity.h"

namespace huitou::commands {
namespace {

constexpr std::int64_t kExamples = 20;

Param rule_param(Words doc) {
  return {.name = "rule", .doc = doc, .required = true, .positional = true};
}

std::vector<ColumnCard> check_columns() {
  return {{"part", Unit::none, Role::dimension, {"Part", "部分"}},
          {"text_en", Unit::none, Role::value, {"Text", "内容（英文）"}},
          {"text_zh", Unit::none, Role::value, {"Text (Chinese)", "内容"}},
          {"hint_en", Unit::none, Role::detail, {"What to do", "建议（英文）"}},
          {"hint_zh", Unit::none, Role::detail, {"What to do (Chinese)", "建议"}},
          {"replacement", Unit::none, Role::detail, {"Could stand there", "可改为"}},
          {"line", Unit::count, Role::detail, {"Line", "行"}},
          {"column", Unit::count, Role::detail, {"Column", "列"}},
          {"begin", Unit::count, Role::detail, {"First character", "起始字符"}},
          {"end", Unit::count, Role::detail, {"Character after the last", "结束字符"}},
          {"path", Unit::none, Role::detail, {"Place in the tree", "在规则树中的位置"}},
          {"code", Unit::none, Role::detail, {"Code", "代码"}}};
}

/// An empty frame with the types of the check's columns.
Frame check_frame() {
  Frame frame;
  for (const ColumnCard& card : check_columns()) {
    frame.columns.push_back(make_column(
        std::string(card.name), card.unit == Unit::count ? ColumnType::integer : ColumnType::text));
  }
  return frame;
}

void push_text(Frame& frame, const char* column, const std::string& text) {
  text.empty() ? frame.at(column).push_null() : frame.at(column).push_text(text);
}

void push_problem(Frame& frame, const segments::Problem& problem, const std::string& text) {
  const segments::Place place = segments::place_of(text, problem.at.begin);
  const auto characters_before = [&](std::size_t byte) {
    const std::string_view before = std::string_view(text).substr(0, byte);
    return std::count_if(before.begin(), before.end(),
                         [](char c) { return (static_cast<unsigned char>(c) & 0xC0U) != 0x80U; });
  };
  push_text(frame, "part", "problem");
  push_text(frame, "text_en", problem.message.en);
  push_text(frame, "text_zh", problem.message.zh);
  push_text(frame, "hint_en", problem.hint.en);
  push_text(frame, "hint_zh", problem.hint.zh);
  push_text(frame, "replacement", problem.replacement);
  frame.at("line").push_integer(static_cast<std::int64_t>(place.line));
  frame.at("column").push_integer(static_cast<std::int64_t>(place.column));
  frame.at("begin").push_integer(characters_before(problem.at.begin));
  frame.at("end").push_integer(characters_before(problem.at.end));
  push_text(frame, "path", problem.path);
  push_text(frame, "code", problem.code);
}

void push_part(Frame& frame, const char* part, const Sentence& text) {
  for (Column& column : frame.columns) {
    if (column.name == "part") {
      column.push_text(part);
    } else if (column.name == "text_en") {
      column.push_text(text.en);
    } else if (column.name == "text_zh") {
      column.push_text(text.zh);
    } else {
      column.push_null();
    }
  }
}

Result<Answer> check(const Call& call) {
  const std::string text = call.args.text("rule");
  segments::Reading reading = segments::read(text);
  if (reading.rule) {
    TRY(const segments::Library library, segments::library(*call.shop.store));
    reading.problems = segments::check_references(*reading.rule, call.args.text("name"), library);
  }
  Frame frame = check_frame();
  for (const segments::Problem& problem : reading.problems) {
    push_problem(frame, problem, text);
  }
  if (reading.rule) {
    const std::string json = segments::to_json(*reading.rule);
    push_part(frame, "rule",
              {segments::print(*reading.rule, Language::en),
               segments::print(*reading.rule, Language::zh)});
    push_part(frame, "sentence", segments::say(*reading.rule));
    push_part(frame, "json", {json, json});
  }
  return answer_of(std::move(frame), columns_of(check_columns()));
}

Result<Answer> customers(const Call& call) {
  TRY(const AskedRule asked, asked_rule(call, call.args.text("rule")));
  TRY(Frame frame,
      segments::customers(*call.shop.engine, asked.question(), call.args.integer("limit")));
  const auto limit = static_cast<std::size_t>(call.args.integer("limit"));
  const bool full = frame.rows() == limit;
  Answer answer = answer_of(std::move(frame), columns_of(customer_columns()));
  answer.currency = call.shop.settings.currency;
  answer.notes.push_back(as_of_note(asked));
  if (full) {
    answer.notes.push_back(
        {"first_rows",
         {fmt::format("The first {} customers are shown; --limit shows more.", limit),
          fmt::format("仅显示前 {} 位客户；可用 --limit 增加。", limit)}});
  }
  return answer;
}

std::vector<ColumnCard> preview_columns() {
  std::vector<ColumnCard> columns{
      {"part", Unit::none, Role::dimension, {"Who", "范围"}},
      {"customers", Unit::count, Role::value, {"Customers", "客户数"}},
      {"share", Unit::ratio, Role::value, {"Share of all customers", "占全部客户"}}};
  for (const ColumnCard& card : customer_columns()) columns.push_back(card);
  return columns;
}

/// A row of totals of the segment, one of everyone, then examples.
Frame preview_frame(const segments::Count& count, const Frame& examples) {
  Frame frame;
  for (const ColumnCard& card : preview_columns()) {
    const ColumnType type = card.name == "part"       ? ColumnType::text
                            : card.name == "share"    ? ColumnType::real
                            : examples.has(card.name) ? examples.at(card.name).type
                                                      : ColumnType::integer;
    Column column = make_column(std::string(card.name), type);
    for (const bool everyone : {false, true}) {
      if (card.name == "part") {
        column.push_text(everyone ? "everyone" : "segment");
      } else if (card.name == "customers") {
        column.push_integer(everyone ? count.everyone : count.customers);
      } else if (card.name == "share" && count.everyone > 0) {
        column.push_real(everyone ? 1.0
                                  : static_cast<double>(count.customers) /
                                        static_cast<double>(count.everyone));
      } else if (card.name == "orders" && !everyone) {
        column.push_integer(count.orders);
      } else if (card.name == "net_minor") {
        column.push_integer(everyone ? count.everyone_net_minor : count.net_minor);
      } else {
        column.push_null();
      }
    }
    for (std::size_t row = 0; row < examples.rows(); ++row) {
      if (card.name == "part") {
        column.push_text("example");
      } else if (!examples.has(card.name) || examples.at(card.name).is_null(row)) {
        column.push_null();
      } else if (column.type == ColumnType::text) {
        column.push_text(examples.at(card.name).texts().at(row));
      } else {
        column.push_integer(examples.at(card.name).integers()[row]);
      }
    }
    frame.columns.push_back(std::move(column));
  }
  return frame;
}

Result<Answer> preview(const Call& call) {
  TRY(const AskedRule asked, asked_rule(call, call.args.text("rule")));
  TRY(const segments::Preview shown,
      segments::preview(*call.shop.engine, asked.question(), kExamples));
  Answer answer =
      answer_of(preview_frame(shown.count, shown.examples), columns_of(preview_columns()));
  answer.currency = call.shop.settings.currency;
  const Sentence sentence = segments::say(asked.rule);
  answer.notes.push_back({"sentence", {sentence.en + ".", sentence.zh + "。"}});
  answer.notes.push_back(as_of_note(asked));
  return answer;
}

std::vector<ColumnCard> word_columns() {
  return {
      {"fact", Unit::none, Role::dimension, {"Fact", "事实"}},
      {"words_zh", Unit::none, Role::detail, {"Chinese words", "中文写法"}},
      {"words_en", Unit::none, Role::detail, {"Other words", "其他英文写法"}},
      {"title_en", Unit::none, Role::detail, {"Meaning", "含义（英文）"}},
      {"title_zh", Unit::none, Role::value, {"Meaning (Chinese)", "含义"}},
      {"type", Unit::none, Role::detail, {"Type", "类型"}},
      {"source", Unit::none, Role::detail, {"Made of", "来源"}},
      {"subject_en", Unit::none, Role::detail, {"Text in brackets", "括号中的文字（英文）"}},
      {"subject_zh", Unit::none, Role::detail, {"Text in brackets (Chinese)", "括号中的文字"}},
      {"fields", Unit::none, Role::detail, {"Fields after where", "“其中”可用字段"}},
      {"window", Unit::none, Role::detail, {"Windows", "时间窗口"}},
      {"nothing_en", Unit::none, Role::detail, {"Where there is nothing", "没有数据时（英文）"}},
      {"nothing_zh", Unit::none, Role::detail, {"Where there is nothing (Chinese)", "没有数据时"}}};
}

std::string field_list(const segments::Fact& fact) {
  std::string out;
  for (const segments::Field& field : segments::source_card(fact.source).fields) {
    out += fmt::format("{}{} {} {}", out.empty() ? "" : ", ", field.name, field.zh,
                       segments::type_name(field.type));
  }
  if (fact.source == segments::Source::events) out += ", property 属性 text";
  return out;
}

Result<Answer> words(const Call&) {
  TextTable table(columns_of(word_columns()));
  for (const segments::Fact& fact : segments::facts()) {
    const auto list = [](const std::vector<std::string_view>& words) {
      return fmt::format("{}", fmt::join(words, ", "));
    };
    const segments::SourceCard& card = segments::source_card(fact.source);
    const std::string need = fact.needs_subject ? "required: " : "";
    const std::string need_zh = fact.needs_subject ? "必填：" : "";
    table.row({std::string(fact.name), list(fact.zh), list(fact.en), std::string(fact.title.en),
               std::string(fact.title.zh), std::string(segments::type_name(fact.type)),
               std::string(card.name),
               fact.subject.empty() ? "" : need + std::string(fact.subject_words.en),
               fact.subject.empty() ? "" : need_zh + std::string(fact.subject_words.zh),
               field_list(fact),
               card.day.empty()       ? ""
               : card.instant.empty() ? "days"
                                      : "hours, days",
               std::string(fact.nothing.en), std::string(fact.nothing.zh)});
  }
  return table.answer();
}

}  // namespace

std::vector<ColumnCard> customer_columns() {
  return {{"customer_id", Unit::none, Role::dimension, {"Customer", "客户"}},
          {"customer_key", Unit::none, Role::dimension, {"Member number", "会员号"}},
          {"name", Unit::none, Role::detail, {"Name", "姓名"}},
          {"region", Unit::none, Role::detail, {"Region", "地区"}},
          {"orders", Unit::count, Role::value, {"Orders", "订单数"}},
          {"net_minor", Unit::minor, Role::value, {"Net amount", "净消费金额"}},
          {"last_order_on", Unit::date, Role::detail, {"Last order", "最近下单"}}};
}

Note as_of_note(const AskedRule& asked) {
  const std::string day = format_date(Date{asked.as_of.end.days - 1});
  return {"as_of",
          {fmt::format("All days up to {}{} are counted.", day,
                       asked.as_of.within_day ? " (up to the time given)" : " inclusive"),
           fmt::format("统计截至 {}{}。", day,
                       asked.as_of.within_day ? "（到所给时刻）" : "（含当日）")}};
}

Result<segments::AsOf> asked_instant(const Call& call) {
  const std::string& zone = call.shop.settings.time_zone;
  if (call.args.has("as_of")) return segments::parse_as_of(call.args.text("as_of"), zone);
  TRY(const Span span, orders_span(*call.shop.engine));
  const Date tomorrow{call.today.days + 1};
  const bool is_past = span.last && span.last->days < call.today.days - kSellingDays;
  const Date end = is_past ? Date{span.last->days + 1} : tomorrow;
  return segments::as_of_day(end, zone);
}

Result<AskedRule> asked_rule(const Call& call, const std::string& text) {
  AskedRule asked{.limits = call.shop.settings.limits};
  TRY(asked.library, segments::library(*call.shop.store));
  const auto known = asked.library.rules.find(text);
  segments::Reading reading = known == asked.library.rules.end()
                                  ? segments::read(text)
                                  : segments::Reading{.rule = known->second};
  if (!reading.rule) return segments::error_of(reading.problems, text);
  asked.rule = std::move(*reading.rule);
  if (const auto problems = segments::check_references(asked.rule, "", asked.library);
      !problems.empty()) {
    return segments::error_of(problems, text);
  }
  TRY(asked.as_of, asked_instant(call));
  TRY(asked.void_runs, identity::void_runs(*call.shop.store));
  return asked;
}

Param as_of_instant_param() {
  return {
      .name = "as_of",
      .doc = {
          "day (its beginning) or time of a day, 2025-06-30 18:00; nothing from then on counts. If "
          "not given: tomorrow, or the day after the last order where that is more than 31 days "
          "ago",
          "日期（当日零点）或时刻，如 2025-06-30 18:00；此后的数据不计。默认为明天；"
          "最后一笔订单早于 31 天前时为其次日"}};
}

const Command segments_check_command{
    .name = "segments check",
    .title = {"Check a rule", "检查规则"},
    .doc = {"Reads a rule in Chinese or English words or as JSON. A right one is given back in its "
            "one "
            "form, as a sentence and as JSON; of a wrong one every problem with its place, what "
            "would be "
            "right and the word that was probably meant.",
            "读取中文、英文或 JSON 形式的规则。正确时给出规范写法、一句话说明与 "
            "JSON；有误时列出每个问题的"
            "位置、正确写法和可能想写的词。"},
    .live = true,
    .params = {rule_param({"a rule: orders >= 3 and not bought('A-100', last 90 days)",
                           "规则，如：订单数 >= 3 且 非 购买('A-100', 近90天)"}),
               {.name = "name", .doc = {"of the segment that it is for", "规则所属的分群名称"}}},
    .columns = check_columns(),
    .examples = {"huitou segments check \"orders >= 3 and days_since_last_order > 60\"",
                 "huitou segments check \"近30天浏览 猫粮 >= 2次\""},
    .run = check,
};

const Command segments_preview_command{
    .name = "segments preview",
    .title = {"Who fits a rule", "预览规则"},
    .doc = {"How many customers fit a rule, which share of all they are, what they bought until "
            "then, and "
            "the twenty with the highest amount.",
            "符合规则的客户数、占全部客户的比例、截至当时的消费，以及消费最高的二十位。"},
    .live = true,
    .params = {rule_param({"a rule, or the name of a saved segment", "规则，或已保存分群的名称"}),
               as_of_instant_param()},
    .columns = preview_columns(),
    .examples =
        {"huitou segments preview \"days_since_last_order between 60 and 120 and orders >= 3\"",
         "huitou segments preview \"距上次下单天数 介于 60 和 120\" --as-of 2025-06-30"},
    .run = preview,
};

const Command segments_customers_command{
    .name = "segments customers",
    .title = {"Customers of a segment", "分群客户名单"},
    .doc = {"The customers who fit a rule or a saved segment, highest amount first. With --output "
            "the list "
            "becomes a CSV or Excel file.",
            "符合规则或已保存分群的客户，消费高者在前。配合 --output 可导出 CSV 或 Excel。"},
    .live = true,
    .params = {rule_param({"a rule, or the name of a saved segment", "规则，或已保存分群的名称"}),
               as_of_instant_param(),
               {.name = "limit",
                .type = ParamType::integer,
                .doc = {"most customers shown", "最多显示客户数"},
                .fallback = "1000",
                .at_least = 1,
                .at_most = 10'000'000}},
    .columns = customer_columns(),
    .examples = {"huitou segments customers vip --limit 100000 --output vip.xlsx"},
    .run = customers,
};

const Command segments_words_command{
    .name = "segments words",
    .title = {"What a rule can ask", "规则可用的事实"},
    .doc = {"All facts with their words in both languages, type, the fields and windows they take, "
            "and what "
            "they are where there is nothing.",
            "列出全部事实：中英文写法、类型、可用字段与时间窗口，以及没有数据时的取值。"},
    .columns = word_columns(),
    .examples = {"huitou segments words"},
    .run = words,
};

}  // namespace huitou::commands
