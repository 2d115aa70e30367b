// customer show: who one person is and what she came to.

#include "commands/customer.h"

#include <fmt/format.h>

#include "commands/list.h"
#include "commands/rows.h"
#include "commands/shop.h"
#include "metrics/metrics.h"

namespace huitou::commands {
namespace {

using customer::Profile;

/// One row, filled column by column in the order in which the command declares them.
class Row {
 public:
  explicit Row(const Command& command) : cards_(command.columns) {}

  void integer(std::optional<std::int64_t> value) {
    Column& column = next(ColumnType::integer);
    value ? column.push_integer(*value) : column.push_null();
  }
  void real(std::optional<double> value) {
    Column& column = next(ColumnType::real);
    value ? column.push_real(*value) : column.push_null();
  }
  void text(std::string_view value) {
    Column& column = next(ColumnType::text);
    value.empty() ? column.push_null() : column.push_text(value);
  }
  void date(std::optional<Date> value) {
    Column& column = next(ColumnType::date);
    value ? column.push_integer(value->days) : column.push_null();
  }
  void time(std::optional<std::int64_t> value) {
    Column& column = next(ColumnType::time);
    value ? column.push_integer(*value) : column.push_null();
  }
  Frame take() {
    CHECK(frame_.columns.size() == cards_.size());
    return std::move(frame_);
  }

 private:
  Column& next(ColumnType type) {
    const std::string name(cards_.at(frame_.columns.size()).name);
    return frame_.columns.emplace_back(make_column(name, type));
  }

  const std::vector<ColumnCard>& cards_;
  Frame frame_;
};

void put_person(const Asked& asked, const Profile& profile, Row& row) {
  row.integer(static_cast<std::int64_t>(asked.whose.customer));
  row.text(profile.customer_key);
  row.text(profile.name);
  row.text(profile.region);
  row.text(profile.channel);
  row.date(profile.registered_on);
  row.date(profile.birthday);
  row.integer(static_cast<std::int64_t>(asked.whose.accounts.size()));
}

void put_stage(const Profile& profile, Row& row) {
  const Words stage = profile.stage ? customer::stage_words(*profile.stage) : Words{};
  const Words activity = profile.activity ? stages::words(*profile.activity) : Words{};
  row.text(stage.en);
  row.text(stage.zh);
  row.text(activity.en);
  row.text(activity.zh);
}

void put_orders(const Profile& profile, Row& row) {
  const customer::Purchases& orders = profile.purchases;
  const bool any = orders.orders > 0;
  row.integer(orders.orders);
  row.integer(any ? std::optional(orders.amount_minor) : std::nullopt);
  row.real(any ? std::optional(static_cast<double>(orders.amount_minor) /
                               static_cast<double>(orders.orders))
               : std::nullopt);
  row.date(any ? std::optional(orders.days.front().on) : std::nullopt);
  row.date(any ? std::optional(orders.days.back().on) : std::nullopt);
  row.integer(profile.rhythm.silent_days);
  row.integer(orders.all_orders);
  row.integer(orders.cancelled_orders);
  row.integer(orders.refunded_orders);
  row.integer(orders.refunded_orders > 0 ? std::optional(orders.refunded_minor) : std::nullopt);
  row.real(any ? std::optional(static_cast<double>(orders.discounted_orders) /
                               static_cast<double>(orders.orders))
               : std::nullopt);
}

void put_rhythm(const Profile& profile, Row& row) {
  const customer::Rhythm& rhythm = profile.rhythm;
  row.integer(static_cast<std::int64_t>(rhythm.gaps.size()));
  row.real(rhythm.shortest_quarter);
  row.real(rhythm.median);
  row.real(rhythm.longest_quarter);
  row.real(rhythm.outlasted);
  row.date(rhythm.next_from);
  row.date(rhythm.next_on);
  row.date(rhythm.next_to);
}

void put_contacts(const Profile& profile, Row& row) {
  row.integer(profile.tickets.number);
  row.integer(profile.tickets.marked);
  row.time(profile.tickets.last_at);
  row.integer(profile.surveys.number);
  row.integer(profile.last_nps);
  row.integer(profile.last_csat);
  row.integer(profile.events.number);
  row.time(profile.events.last_at);
}

std::string with_word(std::size_t number, const char* one, const char* many) {
  return fmt::format("{} {}", number, number == 1 ? one : many);
}

/// What the next likely purchase is, or why there is none.
Note rhythm_note(const Profile& profile) {
  const customer::Rhythm& rhythm = profile.rhythm;
  const std::size_t gaps = rhythm.gaps.size();
  if (!rhythm.next_on) {
    return {"few_gaps",
            {fmt::format("A next purchase is not named: that takes {} gaps between own purchases, "
                         "there {} {}.",
                         customer::kLeastGaps, gaps == 1 ? "is" : "are", gaps),
             fmt::format("未给出下次购买时间：至少需要 {} 个自身购买间隔，现有 {} 个。",
                         customer::kLeastGaps, gaps)}};
  }
  return {"own_gaps",
          {fmt::format("The next purchase is no forecast of a model: the last one plus the median "
                       "of the {}, between their quarters.",
                       with_word(gaps, "own gap", "own gaps")),
           fmt::format("“下次购买”并非模型预测：为最近一次购买加上 {} 个自身间隔的中位数，"
                       "范围为其上下四分位。",
                       gaps)}};
}

Note stage_note(const Asked& asked) {
  const Date month =
      add_steps(step_start(asked.asking.as_of, Granularity::month), Granularity::month, -1);
  const std::string name = format_date(month).substr(0, 7);
  return {"stage_month",
          {fmt::format("The stage is that of {}, the last month that is over before {}.", name,
                       format_date(asked.asking.as_of)),
           fmt::format("阶段取自 {}，即 {} 之前最后一个完整月份。", name,
                       format_date(asked.asking.as_of))}};
}

Result<Answer> show(const Call& call) {
  TRY(const Asked asked, read_customer(call));
  TRY(const Profile profile, customer::profile(asked.asking, asked.whose));
  Row row(call.command);
  put_person(asked, profile, row);
  put_stage(profile, row);
  put_orders(profile, row);
  put_rhythm(profile, row);
  put_contacts(profile, row);
  Answer answer = answer_of(row.take(), columns_of(call.command.columns));
  answer.currency = call.shop.settings.currency;
  answer.view = View::cards;
  note_joined(asked, answer.notes);
  if (profile.purchases.orders == 0) {
    answer.notes.push_back(
        {"no_orders",
         {fmt::format(
              "No order counts before {}: {} there.", format_date(asked.asking.as_of),
              profile.purchases.all_orders == 1
                  ? "1 order that does not count is"
                  : fmt::format("{} orders that do not count are", profile.purchases.all_orders)),
          fmt::format("{} 之前没有计入的订单；未计入的订单 {} 个。",
                      format_date(asked.asking.as_of), profile.purchases.all_orders)}});
    return answer;
  }
  answer.notes.push_back(rhythm_note(profile));
  answer.notes.push_back(stage_note(asked));
  return answer;
}

std::vector<ColumnCard> show_columns() {
  return {
      {"customer_id", Unit::none, Role::dimension, {"Customer", "客户编号"}},
      {"customer_key", Unit::none, Role::value, {"Member number", "会员号"}},
      {"name", Unit::none, Role::value, {"Name", "姓名"}},
      {"region", Unit::none, Role::detail, {"Region", "地区"}},
      {"channel", Unit::none, Role::detail, {"Came by channel", "来源渠道"}},
      {"registered_on", Unit::date, Role::detail, {"Registered", "注册日期"}},
      {"birthday", Unit::date, Role::detail, {"Birthday", "生日"}},
      {"accounts", Unit::count, Role::detail, {"Accounts", "账户数"}},
      {"stage", Unit::none, Role::value, {"Stage", "阶段（英文）"}},
      {"stage_zh", Unit::none, Role::detail, {"Stage (Chinese)", "阶段"}},
      {"activity", Unit::none, Role::value, {"Activity", "活跃度（英文）"}},
      {"activity_zh", Unit::none, Role::detail, {"Activity (Chinese)", "活跃度"}},
      {"orders", Unit::count, Role::value, {"Orders that count", "计入订单数"}},
      {"amount_minor", Unit::minor, Role::value, {"Amount", "金额"}},
      {"mean_amount_minor", Unit::minor, Role::detail, {"Amount per order", "笔单价"}},
      {"first_on", Unit::date, Role::detail, {"First order", "首次下单"}},
      {"last_on", Unit::date, Role::value, {"Last order", "最近下单"}},
      {"silent_days", Unit::days, Role::value, {"Days since then", "距今天数"}},
      {"all_orders", Unit::count, Role::detail, {"All orders", "全部订单数"}},
      {"cancelled_orders", Unit::count, Role::detail, {"Cancelled", "已取消"}},
      {"refunded_orders", Unit::count, Role::detail, {"With a refund", "有退款"}},
      {"refunded_minor", Unit::minor, Role::detail, {"Refunded", "退款金额"}},
      {"discount_share", Unit::ratio, Role::detail, {"Orders with a discount", "有优惠的订单占比"}},
      {"gaps", Unit::count, Role::base, {"Own gaps", "自身间隔数"}},
      {"gap_days_p25", Unit::days, Role::low, {"Gap, lower quarter", "间隔下四分位"}},
      {"gap_days_p50", Unit::days, Role::value, {"Gap, median", "间隔中位数"}},
      {"gap_days_p75", Unit::days, Role::high, {"Gap, upper quarter", "间隔上四分位"}},
      {"outlasted_share",
       Unit::ratio,
       Role::detail,
       {"Own gaps shorter than the silence now", "短于当前沉默期的自身间隔占比"}},
      {"next_from", Unit::date, Role::detail, {"Next purchase, from", "下次购买，最早"}},
      {"next_on", Unit::date, Role::value, {"Next purchase, middle", "下次购买，居中"}},
      {"next_to", Unit::date, Role::detail, {"Next purchase, to", "下次购买，最晚"}},
      {"tickets", Unit::count, Role::detail, {"Tickets", "工单数"}},
      {"complaints", Unit::count, Role::detail, {"Complaints", "投诉数"}},
      {"last_ticket_at", Unit::time, Role::detail, {"Last ticket", "最近工单"}},
      {"surveys", Unit::count, Role::detail, {"Surveys", "问卷数"}},
      {"last_nps", Unit::number, Role::detail, {"Last NPS answer", "最近 NPS 评分"}},
      {"last_csat", Unit::number, Role::detail, {"Last CSAT answer", "最近 CSAT 评分"}},
      {"events", Unit::count, Role::detail, {"Events", "行为数"}},
      {"last_event_at", Unit::time, Role::detail, {"Last event", "最近行为"}}};
}

}  // namespace

Result<customer::Asking> read_asking(const Call& call) {
  const Date tomorrow{call.today.days + 1};
  const bool has_as_of = call.args.has("as_of");
  std::optional<Date> as_of = has_as_of ? call.args.date("as_of") : std::nullopt;
  Date until = as_of.value_or(tomorrow);
  if (!as_of) {
    TRY(const metrics::Freshness data, metrics::read_freshness(*call.shop.engine));
    as_of = data.last_on ? std::min(Date{data.last_on->days + 1}, tomorrow) : tomorrow;
  }
  TRY(const stages::Limits limits, stages::kept(*call.shop.store));
  const std::string status = call.args.has("status") ? call.args.text("status") : "net";
  return customer::Asking{.engine = *call.shop.engine,
                          .as_of = std::min(*as_of, tomorrow),
                          .until = std::min(until, tomorrow),
                          .status = *schema::parse_status_policy(status),
                          .reveal = call.args.has("reveal") && call.args.boolean("reveal"),
                          .limits = call.shop.settings.limits,
                          .stages = limits};
}

Result<Asked> read_customer(const Call& call) {
  TRY(customer::Asking asking, read_asking(call));
  TRY(identity::Whose whose,
      identity::whose(*call.shop.engine, *call.shop.store, call.args.text("customer")));
  return Asked{std::move(asking), std::move(whose)};
}

void note_joined(const Asked& asked, std::vector<Note>& notes) {
  if (asked.whose.named == asked.whose.customer) return;
  notes.push_back({"joined",
                   {fmt::format("Number {} is an account of customer {}: they are one person.",
                                asked.whose.named, asked.whose.customer),
                    fmt::format("编号 {} 是客户 {} 的一个账户，二者为同一人。", asked.whose.named,
                                asked.whose.customer)}});
}

Param customer_param() {
  return {.name = "customer",
          .doc = {"any key of the person: member number, phone, e-mail ..., or our number as id:17",
                  "该客户的任一标识：会员号、手机号、邮箱等，或系统编号（如 id:17）"},
          .required = true,
          .positional = true};
}

Param customer_as_of_param() {
  return {.name = "as_of",
          .type = ParamType::date,
          .doc = {"nothing of this day or later is read; figures: the day after the last order of "
                  "the shop if not given",
                  "不读取该日及之后的数据；未给出时，指标截至全店最后下单日的次日"}};
}

Param customer_status_param() {
  return {.name = "status",
          .type = ParamType::choice,
          .doc = {"which orders count", "计入哪些订单"},
          .fallback = "net",
          .choices = {"all", "paid", "delivered", "net"}};
}

Param reveal_param() {
  return {.name = "reveal",
          .type = ParamType::boolean,
          .doc = {"show phone numbers and e-mail addresses in full", "完整显示手机号与邮箱"},
          .fallback = "false"};
}

const Command customer_show_command{
    .name = "customer show",
    .title = {"One customer", "客户详情"},
    .doc = {"Who one person is, her stage, what she bought, her own rhythm and the next likely "
            "purchase by it, refunds, tickets, surveys and events.",
            "一位客户的身份、阶段、购买情况、自身节奏与据此推断的下次购买，以及退款、工单、问卷与行"
            "为。"},
    .view = View::cards,
    .live = true,
    .params = {customer_param(), customer_as_of_param(), customer_status_param(), reveal_param()},
    .columns = show_columns(),
    .examples = {"huitou customer show 13912340001", "huitou customer show id:17"},
    .run = show,
};

std::vector<const Command*> customer_commands() {
  return {&customer_find_command,  &customer_show_command,   &customer_timeline_command,
          &customer_lines_command, &customer_gaps_command,   &customer_favourites_command,
          &customer_keys_command,  &customer_segment_command};
}

}  // namespace huitou::commands
