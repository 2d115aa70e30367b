// refresh, profile columns, summary, history, show: what is known of each customer, in one row.

#include "profile/profile.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>

#include "commands/customer.h"
#include "commands/kept.h"
#include "commands/profile.h"
#include "commands/rows.h"
#include "commands/segments.h"
#include "commands/shop.h"

namespace huitou::commands {
namespace {

// A profile is refreshed by itself when it has rested so long, and so many times as long as the
// last refresh took: where events come all the time, a twentieth of the machine at most.
constexpr std::int64_t kRestSeconds = 60;
constexpr double kRestTimes = 20;
// One query of a job may take longer than somebody waits for an answer.
constexpr double kQuerySeconds = 1800;

std::vector<ColumnCard> refresh_columns() {
  return {{"how", Unit::none, Role::dimension, {"What was done", "刷新方式"}},
          {"as_of", Unit::date, Role::detail, {"As of", "截至"}},
          {"customers", Unit::count, Role::value, {"Customers", "客户数"}},
          {"computed", Unit::count, Role::detail, {"Computed anew", "重新计算"}},
          {"seconds", Unit::number, Role::detail, {"Seconds", "耗时（秒）"}}};
}

Note done_note(const profile::Refreshed& done) {
  const std::string computed = std::to_string(done.computed);
  switch (done.how) {
    case profile::How::nothing:
      return {"nothing_to_do",
              {"The profile is up to date: day, data and columns are those of the last refresh.",
               "客户画像已是最新：日期、数据与列均未变化。"}};
    case profile::How::changed:
      return {"changed",
              {fmt::format("The rows of {} customers had changed; the others were taken over.",
                           computed),
               fmt::format("{} 位客户的数据有变化并已重新计算，其余沿用。", computed)}};
    case profile::How::whole:
      break;
  }
  return {"whole",
          {"Everybody was computed: a new day, new columns, many changes, or --whole.",
           "已重新计算全部客户：新的一天、列有变化、变化较多，或使用了 --whole。"}};
}

Result<Answer> refresh(const Call& call) {
  TRY(const segments::AsOf as_of, asked_instant(call));
  const auto began = std::chrono::steady_clock::now();
  profile::Refresh asked{
      .as_of = as_of,
      .whole = call.args.boolean("whole"),
      .limits = call.shop.settings.limits,
      .now = call.now,
      .elapsed = [began] {
        return std::chrono::duration<double>(std::chrono::steady_clock::now() - began).count();
      }};
  asked.limits.seconds = std::max(asked.limits.seconds, kQuerySeconds);
  asked.limits.threads = static_cast<int>(call.args.integer("threads"));
  TRY(asked.void_runs, identity::void_runs(*call.shop.store));
  TRY(asked.stages, stages::kept(*call.shop.store));
  TRY(asked.data, change_number(*call.shop.store));
  TRY(const profile::Refreshed done,
      profile::refresh(*call.shop.engine, *call.shop.store, asked, call.progress));
  Frame frame;
  frame.columns = {make_column("how", ColumnType::text), make_column("as_of", ColumnType::date),
                   make_column("customers", ColumnType::integer),
                   make_column("computed", ColumnType::integer),
                   make_column("seconds", ColumnType::real)};
  frame.at("how").push_text(std::string(profile::how_name(done.how)));
  frame.at("as_of").push_integer(as_of.end.days);
  frame.at("customers").push_integer(done.customers);
  frame.at("computed").push_integer(done.computed);
  frame.at("seconds").push_real(done.seconds);
  Answer answer = answer_of(std::move(frame), columns_of(refresh_columns()));
  answer.notes.push_back(done_note(done));
  return answer;
}

std::string words_of(const segments::Term& term, Language language) {
  segments::Rule rule{.kind = segments::Kind::condition, .term = term};
  rule.is.op = segments::Op::known;
  std::string text = segments::print(rule, language);
  const std::string_view is = language == Language::zh ? " 已知" : " is known";
  return text.ends_with(is) ? text.substr(0, text.size() - is.size()) : text;
}

std::vector<ColumnCard> feature_columns() {
  return {
      {"column", Unit::none, Role::dimension, {"Column", "列"}},
      {"title_en", Unit::none, Role::value, {"Title", "含义（英文）"}},
      {"title_zh", Unit::none, Role::value, {"Title (Chinese)", "含义"}},
      {"unit", Unit::none, Role::detail, {"Unit", "单位"}},
      {"fact", Unit::none, Role::detail, {"In a rule", "规则写法（英文）"}},
      {"fact_zh", Unit::none, Role::detail, {"In a rule (Chinese)", "规则写法"}},
      {"nothing_en", Unit::none, Role::detail, {"When there is nothing", "无数据时（英文）"}},
      {"nothing_zh", Unit::none, Role::detail, {"When there is nothing (Chinese)", "无数据时"}}};
}

Result<Answer> columns(const Call& call) {
  TextTable table(columns_of(call.command.columns));
  for (const profile::Feature& feature : profile::features()) {
    table.row({feature.column, feature.title.en, feature.title.zh,
               std::string(unit_name(feature.unit)), words_of(feature.term, Language::en),
               words_of(feature.term, Language::zh), feature.nothing.en, feature.nothing.zh});
  }
  return table.answer();
}

/// Says as of when the profile is, and whether the data changed since.
Status add_state(const Call& call, std::vector<Note>& notes) {
  TRY(const auto state, profile::state(*call.shop.store));
  if (!state) return {};
  const std::string day = format_date(state->as_of);
  notes.push_back({"as_of",
                   {fmt::format("{} customers as of {}: nothing of that day or later counts.",
                                state->customers, day),
                    fmt::format("{} 位客户，截至 {}（不含当日）。", state->customers, day)}});
  TRY(const std::string data, change_number(*call.shop.store));
  if (data != state->data) {
    notes.push_back({"stale",
                     {"The data may have changed since the last refresh: run `huitou refresh`.",
                      "上次刷新之后数据可能有变化：请运行 `huitou refresh`。"}});
  }
  return {};
}

void put_titles(Frame& frame) {
  for (const Language language : {Language::en, Language::zh}) {
    Column titles =
        make_column(language == Language::en ? "title_en" : "title_zh", ColumnType::text);
    Column units = make_column("unit", ColumnType::text);
    for (const profile::Feature& feature : profile::features()) {
      titles.push_text(language == Language::en ? feature.title.en : feature.title.zh);
      units.push_text(std::string(unit_name(feature.unit)));
    }
    frame.columns.push_back(std::move(titles));
    if (language == Language::zh) frame.columns.push_back(std::move(units));
  }
}

Result<Answer> summary(const Call& call) {
  TRY(Frame frame,
      profile::summary(*call.shop.engine, *call.shop.store, call.shop.settings.limits));
  put_titles(frame);
  TRY(const auto state, profile::state(*call.shop.store));
  Column missing = make_column("missing", ColumnType::integer);
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    missing.push_integer((state ? state->customers : 0) - frame.integer("filled", row).value_or(0));
  }
  frame.columns.push_back(std::move(missing));
  Answer answer = answer_of(std::move(frame), columns_of(call.command.columns));
  TRY(add_state(call, answer.notes));
  return answer;
}

Result<Answer> history(const Call& call) {
  TRY(Frame frame, profile::history(*call.shop.store));
  Answer answer = answer_of(std::move(frame), columns_of(call.command.columns));
  TRY(add_state(call, answer.notes));
  return answer;
}

/// A value as people write it; a null is an empty text.
std::string shown(const Frame& row, const profile::Feature& feature) {
  switch (row.at(feature.column).type) {
    case ColumnType::text:
      return row.text(feature.column, 0).value_or("");
    case ColumnType::real: {
      const auto value = row.real(feature.column, 0);
      return value ? fmt::format("{:.6g}", *value) : "";
    }
    case ColumnType::date: {
      const auto value = row.integer(feature.column, 0);
      return value ? format_date(Date{static_cast<std::int32_t>(*value)}) : "";
    }
    default:
      break;
  }
  const auto value = row.integer(feature.column, 0);
  if (!value) return "";
  if (feature.unit != Unit::minor) return std::to_string(*value);
  const std::int64_t size = *value < 0 ? -*value : *value;
  return fmt::format("{}{}.{:02}", *value < 0 ? "-" : "", size / 100, size % 100);
}

Result<Answer> show(const Call& call) {
  TRY(const Asked asked, read_customer(call));
  TRY(const Frame row, profile::row_of(*call.shop.engine, *call.shop.store,
                                       static_cast<std::int64_t>(asked.whose.customer)));
  if (row.rows() == 0) {
    return Error{Code::not_found,
                 fmt::format("Customer {} is not in the profile.", call.args.text("customer")),
                 "She became known after the last refresh: run `huitou refresh`.",
                 fmt::format("客户 {} 不在画像中。", call.args.text("customer")),
                 "该客户在上次刷新之后才出现：请运行 `huitou refresh`。"};
  }
  TextTable table(columns_of(call.command.columns));
  for (const profile::Feature& feature : profile::features()) {
    table.row({feature.column, feature.title.en, feature.title.zh, shown(row, feature),
               std::string(unit_name(feature.unit))});
  }
  Answer answer = table.answer();
  TRY(add_state(call, answer.notes));
  note_joined(asked, answer.notes);
  return answer;
}

}  // namespace

Result<bool> refresh_is_due(Shop& shop, std::int64_t now) {
  TRY(const auto state, profile::state(*shop.store));
  if (!state) return false;
  TRY(const std::string data, change_number(*shop.store));
  const bool fresh =
      data == state->data && day_at(shop.settings, now) == day_at(shop.settings, state->looked_at);
  const auto rest = static_cast<std::int64_t>(kRestTimes * state->seconds);
  return !fresh && now - state->looked_at >= std::max(kRestSeconds, rest);
}

std::vector<const Command*> profile_commands() {
  return {&refresh_command, &profile_columns_command, &profile_summary_command,
          &profile_history_command, &profile_show_command};
}

const Command refresh_command{
    .name = "refresh",
    .title = {"Refresh the customer profile", "刷新客户画像"},
    .doc =
        {"Brings the table customer_profile up to date: one row a customer with orders, amounts, "
         "margins, discounts, visits, service contacts ... over windows of 7 to 365 days. Where "
         "nothing changed it does nothing; the same day it computes those whose data changed; on "
         "a new day everybody. Killed at any moment it leaves the old profile or the new one. "
         "The first time by hand; from then on the server does it after changes.",
         "更新客户画像表 customer_profile：每位客户一行，含近 7 至 365 "
         "天的订单、金额、毛利、优惠、访问、服务等指标。没有变化则不做；同一天只计算数据有变化的客"
         "户；"
         "新的一天计算全部。任何时刻中断都只会留下旧画像或新画像。首次需手动运行，此后由服务在数据"
         "变化后自动刷新。"},
    .kind = Kind::job,
    .keeps_figures = true,
    .params =
        {{.name = "as_of",
          .type = ParamType::date,
          .doc =
              {"nothing of this day or later counts. If not given: tomorrow, or the day after the "
               "last order where that is more than 31 days ago",
               "该日及之后的数据不计。默认为明天；最后一笔订单早于 31 天前时为其次日"}},
         {.name = "whole",
          .type = ParamType::boolean,
          .doc = {"compute everybody, whatever is known", "忽略已有结果，计算全部客户"}},
         {.name = "threads",
          .type = ParamType::integer,
          .doc = {"cores it may use at most; 0 for all", "最多使用的核数；0 为全部"},
          .fallback = "0",
          .at_least = 0,
          .at_most = 1024}},
    .columns = refresh_columns(),
    .examples = {"huitou refresh", "huitou refresh --as-of 2025-07-01"},
    .run = refresh,
};

const Command profile_columns_command{
    .name = "profile columns",
    .title = {"Columns of the customer profile", "客户画像的列"},
    .doc = {"What is kept of each customer: name, meaning, unit, the fact of rules that it is, and "
            "what stands there when there is nothing.",
            "每位客户保存的指标：列名、含义、单位、对应的规则写法，以及没有数据时的取值。"},
    .live = true,
    .columns = feature_columns(),
    .examples = {"huitou profile columns"},
    .run = columns,
};

const Command profile_summary_command{
    .name = "profile summary",
    .title = {"The customer profile, column by column", "客户画像概览"},
    .doc = {"How many customers have a value in each column, and how these are spread. Money is in "
            "minor units, a day is its number since 1970-01-01.",
            "每列有值的客户数及其分布。金额以分为单位，日期为自 1970-01-01 起的天数。"},
    .live = true,
    .columns = {{"column", Unit::none, Role::dimension, {"Column", "列"}},
                {"title_en", Unit::none, Role::detail, {"Title", "含义（英文）"}},
                {"title_zh", Unit::none, Role::detail, {"Title (Chinese)", "含义"}},
                {"unit", Unit::none, Role::detail, {"Unit", "单位"}},
                {"filled", Unit::count, Role::value, {"Customers with a value", "有值客户"}},
                {"missing", Unit::count, Role::detail, {"Without", "无值客户"}},
                {"least", Unit::number, Role::detail, {"Least", "最小"}},
                {"p25", Unit::number, Role::detail, {"A quarter below", "25 分位"}},
                {"p50", Unit::number, Role::detail, {"Half below", "中位数"}},
                {"p75", Unit::number, Role::detail, {"Three quarters below", "75 分位"}},
                {"most", Unit::number, Role::detail, {"Most", "最大"}},
                {"mean", Unit::number, Role::detail, {"Mean", "均值"}},
                {"different", Unit::count, Role::detail, {"Different texts", "不同取值"}}},
    .examples = {"huitou profile summary"},
    .run = summary,
};

const Command profile_history_command{
    .name = "profile history",
    .title = {"Refreshes of the customer profile", "客户画像的刷新记录"},
    .doc = {"The refreshes that did something, newest first.", "有实际计算的刷新，最近的在前。"},
    .live = true,
    .columns = {{"refreshed_at", Unit::time, Role::dimension, {"Refreshed at", "刷新时间"}},
                {"as_of", Unit::date, Role::detail, {"As of", "截至"}},
                {"how", Unit::none, Role::detail, {"What was done", "刷新方式"}},
                {"customers", Unit::count, Role::value, {"Customers", "客户数"}},
                {"computed", Unit::count, Role::detail, {"Computed anew", "重新计算"}},
                {"seconds", Unit::number, Role::detail, {"Seconds", "耗时（秒）"}}},
    .examples = {"huitou profile history"},
    .run = history,
};

const Command profile_show_command{
    .name = "profile show",
    .title = {"The profile of a customer", "单个客户的画像"},
    .doc = {"Every column of one person's profile as the last refresh left it.",
            "一位客户画像的全部列，以上次刷新为准。"},
    .live = true,
    .params = {customer_param()},
    .columns = {{"column", Unit::none, Role::dimension, {"Column", "列"}},
                {"title_en", Unit::none, Role::detail, {"Title", "含义（英文）"}},
                {"title_zh", Unit::none, Role::detail, {"Title (Chinese)", "含义"}},
                {"value", Unit::none, Role::value, {"Value", "值"}},
                {"unit", Unit::none, Role::detail, {"Unit", "单位"}}},
    .examples = {"huitou profile show M0042"},
    .run = show,
};

}  // namespace huitou::commands
