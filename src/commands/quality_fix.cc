// quality order, fix: what an order is now, and what is right of it.

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cmath>

#include "commands/list.h"
#include "commands/quality_done.h"
#include "commands/rows.h"
#include "commands/shop.h"
#include "identity/identity.h"
#include "schema/schema.h"

namespace huitou::commands {

namespace {

constexpr double kMinorPerMajor = 100;
constexpr std::string_view kNobody = "nobody";
/// From number 1 on, as in schema::OrderStatus.
constexpr std::array<std::string_view, 5> kStatuses{"created", "paid", "delivered", "cancelled",
                                                    "refunded"};

}  // namespace

void name_statuses(Frame& frame, const std::string& column) {
  Column names = make_column(column, ColumnType::text);
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    const auto number = frame.integer(column, row);
    number ? names.push_text(kStatuses.at(static_cast<std::size_t>(*number) - 1))
           : names.push_null();
  }
  frame.at(column) = std::move(names);
}

namespace {

std::optional<std::int64_t> minor_of(const Args& args, std::string_view name) {
  if (!args.has(name)) return std::nullopt;
  return static_cast<std::int64_t>(std::llround(args.number(name) * kMinorPerMajor));
}

Error bad_time(const std::string& text, const Sentence& what, const Sentence& hint) {
  return {Code::invalid_input, fmt::format("ordered_at '{}' {}.", text, what.en), hint.en,
          fmt::format("ordered_at 的值“{}”{}。", text, what.zh), hint.zh};
}

Result<quality::When> when_of(const Call& call) {
  const std::string text = call.args.text("ordered_at");
  const auto time = shop_time(call.shop.settings, text);
  if (!time) {
    return bad_time(text, {"is no time", "不是时间"},
                    {"Give a day, or a day and a time in the shop's time zone, as 2025-01-31 or "
                     "2025-01-31 09:30.",
                     "请给出店铺时区的日期，或日期加时间，如 2025-01-31 或 2025-01-31 09:30。"});
  }
  if (time->day > call.today) {
    return bad_time(text, {"is later than today", "晚于今天"},
                    {"Give the day on which the order was made.", "请给出实际下单日期。"});
  }
  if (time->day < schema::kFirstBelievedDay) {
    return bad_time(text, {"is before 1990", "早于 1990 年"},
                    {"Give the day on which the order was made.", "请给出实际下单日期。"});
  }
  return quality::When{time->utc_seconds, time->day};
}

/// The account that a key names; of a person with several the one that has the key.
Result<std::uint64_t> account_of(const Call& call) {
  const std::string written = call.args.text("customer");
  if (written == kNobody || written == "0") return std::uint64_t{0};
  auto whose = identity::whose(*call.shop.engine, *call.shop.store, written);
  if (whose.ok()) return whose->named;
  Error error = whose.error();
  if (error.code == Code::not_found) {
    error.hint =
        "Give any key of the customer (member number, phone number, e-mail address ...), "
        "or nobody if it is not known who bought.";
    error.hint_zh = "请给出客户的任一标识（会员号、手机号、邮箱等）；不知道是谁买的，请填 nobody。";
  }
  return error;
}

Result<quality::Correction> correction_of(const Call& call) {
  quality::Correction correction{.gross_minor = minor_of(call.args, "gross"),
                                 .discount_minor = minor_of(call.args, "discount"),
                                 .refund_minor = minor_of(call.args, "refund")};
  if (call.args.has("ordered_at")) {
    TRY(correction.when, when_of(call));
  }
  if (call.args.has("status")) {
    const auto* const found =
        std::find(kStatuses.begin(), kStatuses.end(), call.args.text("status"));
    correction.status = static_cast<schema::OrderStatus>(found - kStatuses.begin() + 1);
  }
  if (call.args.has("customer")) {
    TRY(correction.account, account_of(call));
  }
  return correction;
}

Result<Answer> fix(const Call& call) {
  const std::string key = call.args.text("order");
  TRY(const quality::Correction correction, correction_of(call));
  TRY(quality::fix(*call.shop.engine, *call.shop.store, key, correction, author_of(call)));
  return done_answer({"fix", key, 1},
                     {"fixed",
                      {"The order counts as corrected, also after it is loaded again.",
                       "该订单按更正后的内容计算，重新加载后仍然有效。"}});
}

Result<Answer> order(const Call& call) {
  const std::string key = call.args.text("order");
  TRY(Frame frame, quality::order_now(*call.shop.engine, key));
  const bool none = frame.rows() == 0;
  name_statuses(frame, "status");
  Answer answer = answer_of(std::move(frame), columns_of(quality_order_command.columns));
  answer.currency = call.shop.settings.currency;
  if (none) {
    answer.notes.push_back({"nothing",
                            {fmt::format("No order '{}' counts now.", key),
                             fmt::format("目前没有计入的订单“{}”。", key)}});
  }
  return answer;
}

Param amount_param(std::string_view name, Words doc) {
  return {.name = name, .type = ParamType::number, .doc = doc, .at_least = -1e12, .at_most = 1e12};
}

Param order_param() {
  return {.name = "order",
          .doc = {"the order's key", "订单编号"},
          .required = true,
          .positional = true};
}

}  // namespace

const Command quality_order_command{
    .name = "quality order",
    .title = {"An order as it counts", "订单现状"},
    .doc = {"Time, status, customer and amounts with which an order counts now, corrections "
            "included.",
            "订单目前计入时的时间、状态、客户和金额，包含已作的更正。"},
    .live = true,
    .params = {order_param()},
    .columns = {{"order_key", Unit::none, Role::dimension, {"Order", "订单"}},
                {"ordered_at", Unit::time, Role::detail, {"Time", "时间"}},
                {"ordered_on", Unit::date, Role::detail, {"Day", "日期"}},
                {"status", Unit::none, Role::detail, {"Status", "状态"}},
                {"customer_id", Unit::none, Role::detail, {"Customer", "客户"}},
                {"gross_minor", Unit::minor, Role::detail, {"Gross", "总额"}},
                {"discount_minor", Unit::minor, Role::detail, {"Discount", "折扣"}},
                {"refund_minor", Unit::minor, Role::detail, {"Refund", "退款"}},
                {"net_minor", Unit::minor, Role::value, {"Net", "净额"}}},
    .examples = {"huitou quality order A1001"},
    .run = order,
};

const Command quality_fix_command{
    .name = "quality fix",
    .title = {"Correct an order", "更正订单"},
    .doc =
        {"Counts an order with the amounts, the time, the status or the customer given here, "
         "also after it is loaded again. Its lines follow. What is not given stays as it is; "
         "`quality release` takes the correction back. A corrected customer is an account: when "
         "accounts are joined or taken apart, the order goes with it.",
         "按此处给出的金额、时间、状态或客户计算该订单（明细随之变动），重新加载后仍然有效。未给出"
         "的保持不变；可用 `quality release` 撤销。更正后的客户指账户：账户合并或拆分时，订单随该"
         "账户走。"},
    .kind = Kind::job,
    .params = {order_param(),
               amount_param("gross", {"gross amount", "总额"}),
               amount_param("discount", {"discount", "折扣"}),
               amount_param("refund", {"refund", "退款"}),
               {.name = "ordered_at",
                .doc = {"day, or day and time in the shop's time zone: 2025-01-31 09:30",
                        "下单日期，或店铺时区的日期加时间：2025-01-31 09:30"}},
               {.name = "status",
                .type = ParamType::choice,
                .doc = {"status; refunded without a refund gives back all that was paid",
                        "状态；已退款而无退款额时视为全额退款"},
                .choices = {kStatuses.begin(), kStatuses.end()}},
               {.name = "customer",
                .doc = {"any key of the customer, or nobody", "客户的任一标识；无客户填 nobody"}},
               by_param(),
               reason_param()},
    .columns = done_columns(),
    .examples = {"huitou quality fix A1001 --refund 12.50",
                 "huitou quality fix A1002 --ordered-at \"2025-03-04 10:30\"",
                 "huitou quality fix A1003 --customer 13912340001 --status paid"},
    .run = fix,
};

}  // namespace huitou::commands
