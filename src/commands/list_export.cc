#include "commands/list_export.h"

#include <algorithm>

#include "commands/rows.h"
#include "commands/segments.h"
#include "commands/shop.h"
#include "spreadsheet/spreadsheet.h"

namespace huitou::commands {
namespace {

constexpr double kSeconds = 4 * 3600;

/// The keys under which a channel reaches somebody.
std::vector<std::string> kinds_of(const std::string& channel) {
  if (channel == "email") return {"email"};
  if (channel == "sms") return {"phone"};
  return {"unionid", "openid"};
}

segments::Rule asks(const char* fact, const std::string& subject) {
  return {.kind = segments::Kind::condition, .term = {.fact = fact, .subject = subject}};
}

/// Of the rule: who agreed to the channel, and of those who can be reached.
segments::Rule agreed(const segments::Rule& rule, const std::string& channel) {
  return {.kind = segments::Kind::all_of, .children = {rule, asks("allows", channel)}};
}

segments::Rule reachable(const segments::Rule& rule, const std::string& channel) {
  segments::Rule out = agreed(rule, channel);
  std::vector<segments::Rule> keys;
  for (const std::string& kind : kinds_of(channel)) keys.push_back(asks("has_key", kind));
  out.children.push_back(keys.size() == 1
                             ? keys.front()
                             : segments::Rule{.kind = segments::Kind::any_of, .children = keys});
  return out;
}

/// Those of them who have a member number: by it an answer finds its customer.
segments::Rule numbered(segments::Rule rule) {
  segments::Rule known = asks("customer_key", "");
  known.term.subject.reset();
  known.is.op = segments::Op::known;
  rule.children.push_back(std::move(known));
  return rule;
}

std::vector<ColumnCard> columns_for(const ListAsked& list, const std::string& channel) {
  std::vector<ColumnCard> columns{
      {"customer_id", Unit::none, Role::dimension, {"Customer", "客户"}},
      {"customer_key", Unit::none, Role::dimension, {"Member number", "会员号"}},
      {"name", Unit::none, Role::detail, {"Name", "姓名"}},
      {"region", Unit::none, Role::detail, {"Region", "地区"}}};
  if (channel == "email")
    columns.push_back({"email", Unit::none, Role::detail, {"E-mail", "邮箱"}});
  if (channel == "sms") columns.push_back({"phone", Unit::none, Role::detail, {"Phone", "手机号"}});
  if (channel == "wecom") {
    columns.push_back({"unionid", Unit::none, Role::detail, {"unionid", "unionid"}});
    columns.push_back({"openid", Unit::none, Role::detail, {"openid", "openid"}});
  }
  columns.push_back({"orders", Unit::count, Role::value, {"Orders", "订单数"}});
  columns.push_back({"net_minor", Unit::minor, Role::value, {"Net amount", "净消费金额"}});
  columns.push_back({"last_order_on", Unit::date, Role::detail, {"Last order", "最近下单"}});
  if (list.extra) columns.push_back(*list.extra);
  return columns;
}

std::string names_of(const std::vector<ColumnCard>& columns) {
  std::string out;
  for (const ColumnCard& card : columns) {
    out += (out.empty() ? "" : ", ") + std::string(card.name);
  }
  return out;
}

/// Writes the list; gives how many rows it has.
Result<std::int64_t> write(const Call& call, const AskedRule& asked, const ListAsked& list) {
  const std::string channel = call.args.text("for");
  const spreadsheet::Target target{.path = call.args.text("to"),
                                   .language = call.language,
                                   .replace = call.args.boolean("replace")};
  TRY(const auto writer,
      spreadsheet::create(target, {list.name, columns_of(columns_for(list, channel)),
                                   call.shop.settings.currency}));
  segments::Question question = asked.question();
  question.limits.seconds = kSeconds;
  std::int64_t rows = 0;
  const auto take = [&](const Frame& block) -> Status {
    rows += static_cast<std::int64_t>(block.rows());
    return writer->write(block);
  };
  TRY(segments::stream_customers(*call.shop.engine, question, kinds_of(channel),
                                 [&](const Frame& block) -> Status {
                                   if (!list.fill) return take(block);
                                   TRY(const Frame filled, list.fill(block));
                                   return take(filled);
                                 }));
  TRY(writer->finish({as_of_note(asked)}));
  return rows;
}

Result<std::int64_t> count_of(const Call& call, AskedRule asked, segments::Rule rule) {
  asked.rule = std::move(rule);
  TRY(const segments::Count count, segments::count(*call.shop.engine, asked.question()));
  return count.customers;
}

void push_number(Frame& frame, const char* name, std::int64_t value) {
  frame.columns.push_back(make_column(name, ColumnType::integer));
  frame.columns.back().push_integer(value);
}

void push_counts(Frame& frame, const segments::ListCounts& counts) {
  push_number(frame, "customers", counts.written);
  push_number(frame, "fitting", counts.fitting);
  push_number(frame, "without_consent", counts.without_consent);
  push_number(frame, "without_address", counts.without_address);
}

Answer with_notes(Answer answer, const AskedRule& asked, const segments::ListCounts& counts) {
  answer.notes.push_back(as_of_note(asked));
  if (counts.written == 0) {
    answer.notes.push_back(
        {"nobody",
         {"Nobody of them agreed to this channel and can be reached: `huitou consent import` "
          "brings "
          "consent in.",
          "其中没有客户同意该渠道且可触达：可用 `huitou consent import` 导入授权。"}});
  }
  return answer;
}

Param rule_param() {
  return {.name = "rule",
          .doc = {"a rule, or the name of a saved segment", "规则，或已保存分群的名称"},
          .required = true,
          .positional = true};
}

Param channel_param() {
  return {.name = "for",
          .type = ParamType::choice,
          .doc = {"the channel that must be agreed to", "须经同意的渠道"},
          .choices = {"email", "sms", "wecom"},
          .required = true};
}

}  // namespace

Result<Answer> export_list(const Call& call, const ListAsked& list) {
  const std::string channel = call.args.text("for");
  TRY(AskedRule asked, asked_rule(call, call.args.text("rule")));
  TRY(spreadsheet::kind_of(call.args.text("to")));
  segments::ListCounts counts;
  TRY(counts.fitting, count_of(call, asked, asked.rule));
  TRY(const std::int64_t agreeing, count_of(call, asked, agreed(asked.rule, channel)));
  TRY(const std::int64_t entry,
      segments::begin_export(*call.shop.store, {.name = list.name,
                                                .rule = segments::print(asked.rule),
                                                .channel = channel,
                                                .by = call.args.text("by"),
                                                .file = call.args.text("to"),
                                                .columns = names_of(columns_for(list, channel)),
                                                .asked_at = asked.as_of.second,
                                                .now = call.now}));
  asked.rule = reachable(asked.rule, channel);
  TRY(counts.written, write(call, asked, list));
  counts.without_consent = counts.fitting - agreeing;
  counts.without_address = agreeing - counts.written;
  TRY(segments::finish_export(*call.shop.store, entry, counts));
  Frame frame;
  frame.columns.push_back(make_column("file", ColumnType::text));
  frame.columns.back().push_text(call.args.text("to"));
  push_counts(frame, counts);
  push_number(frame, "entry", entry);
  return with_notes(answer_of(std::move(frame), columns_of(list_export_columns())), asked, counts);
}

Result<Answer> count_list(const Call& call) {
  const std::string channel = call.args.text("for");
  TRY(const AskedRule asked, asked_rule(call, call.args.text("rule")));
  segments::ListCounts counts;
  TRY(counts.fitting, count_of(call, asked, asked.rule));
  TRY(const std::int64_t agreeing, count_of(call, asked, agreed(asked.rule, channel)));
  TRY(counts.written, count_of(call, asked, numbered(reachable(asked.rule, channel))));
  counts.without_consent = counts.fitting - agreeing;
  counts.without_address = agreeing - counts.written;
  Frame frame;
  push_counts(frame, counts);
  return with_notes(answer_of(std::move(frame), columns_of(list_count_columns())), asked, counts);
}

std::vector<Param> list_params() {
  return {
      rule_param(),
      {.name = "to", .doc = {"the file, .csv or .xlsx", "文件，.csv 或 .xlsx"}, .required = true},
      channel_param(),
      {.name = "by", .doc = {"who takes the list, kept in the book", "导出人，记入登记"}},
      {.name = "replace",
       .type = ParamType::boolean,
       .doc = {"write over a file that is there", "覆盖已有文件"},
       .fallback = "false"},
      as_of_instant_param()};
}

std::vector<Param> list_count_params() {
  return {rule_param(), channel_param(), as_of_instant_param()};
}

std::vector<ColumnCard> list_export_columns() {
  std::vector<ColumnCard> columns = list_count_columns();
  columns.insert(columns.begin(), {"file", Unit::none, Role::dimension, {"File", "文件"}});
  columns.push_back({"entry", Unit::none, Role::detail, {"Entry", "登记号"}});
  return columns;
}

std::vector<ColumnCard> list_count_columns() {
  return {{"customers", Unit::count, Role::value, {"In the list", "名单人数"}},
          {"fitting", Unit::count, Role::base, {"Fit the rule", "符合规则"}},
          {"without_consent", Unit::count, Role::detail, {"Without consent", "未同意"}},
          {"without_address", Unit::count, Role::detail, {"Without address", "无联系方式"}}};
}

}  // namespace huitou::commands
