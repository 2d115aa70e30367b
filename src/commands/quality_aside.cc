// quality quarantine, release, aside, log: what a person decides of orders that break a rule.

#include "commands/joined.h"
#include "commands/list.h"
#include "commands/quality_done.h"
#include "commands/rows.h"
#include "commands/shop.h"

namespace huitou::commands {
quality::Author author_of(const Call& call) {
  return {call.now, call.args.text("by"), call.args.text("reason")};
}

Answer done_answer(const Done& done, const Note& note) {
  Answer answer;
  answer.frame.columns = {make_column("decision", ColumnType::text),
                          make_column("target", ColumnType::text),
                          make_column("orders", ColumnType::integer)};
  answer.frame.at("decision").push_text(done.decision);
  answer.frame.at("target").push_text(done.target);
  answer.frame.at("orders").push_integer(done.orders);
  answer.columns = columns_of(quality_quarantine_command.columns);
  answer.notes.push_back(
      done.orders > 0 ? note : Note{"unchanged", {"Nothing was changed.", "没有任何改动。"}});
  return answer;
}

Param by_param() {
  return {.name = "by", .doc = {"who decides, kept in the log", "处理人，记入日志"}};
}
Param reason_param() {
  return {.name = "reason", .doc = {"why, kept in the log", "原因，记入日志"}};
}

std::vector<ColumnCard> done_columns() {
  return {{"decision", Unit::none, Role::dimension, {"Decision", "处理"}},
          {"target", Unit::none, Role::detail, {"Order or rule", "订单或规则"}},
          {"orders", Unit::count, Role::value, {"Orders", "订单数"}}};
}

namespace {

Result<Answer> quarantine(const Call& call) {
  const std::string target = call.args.text("target");
  TRY(const std::int64_t orders,
      quality::quarantine(*call.shop.engine, *call.shop.store, target, author_of(call)));
  return done_answer({"quarantine", target, orders},
                     {"quarantined",
                      {"These orders count in no figure until they are released.",
                       "在释放之前，这些订单不计入任何指标。"}});
}

Result<Answer> release(const Call& call) {
  const std::string target = call.args.text("target");
  TRY(const std::int64_t orders, quality::release(*call.shop.engine, *call.shop.store,
                                                  target == "all" ? "" : target, author_of(call)));
  Answer answer = done_answer(
      {"release", target, orders},
      {"released", {"These orders count again as they came.", "这些订单恢复原样并重新计入。"}});
  // Their accounts may have been joined with others while the orders were aside.
  TRY(join_accounts(call, answer));
  return answer;
}

Result<Answer> aside(const Call& call) {
  TRY(Frame frame, quality::aside(*call.shop.engine, *call.shop.store,
                                  static_cast<std::uint64_t>(call.args.integer("limit"))));
  const bool none = frame.rows() == 0;
  for (const char* name : {"fix_gross", "fix_discount", "fix_refund"}) {
    frame.at(name).name = std::string(name) + "_minor";
  }
  name_statuses(frame, "status");
  name_statuses(frame, "fix_status");
  Answer answer = answer_of(std::move(frame), columns_of(quality_aside_command.columns));
  answer.currency = call.shop.settings.currency;
  if (none)
    answer.notes.push_back({"nothing", {"No order is set aside.", "没有被隔离或更正的订单。"}});
  return answer;
}

Result<Answer> log(const Call& call) {
  TRY(Frame frame, quality::decision_log(*call.shop.store));
  const bool none = frame.rows() == 0;
  Answer answer = answer_of(std::move(frame), columns_of(quality_log_command.columns));
  if (none)
    answer.notes.push_back({"nothing", {"Nothing was decided yet.", "还没有任何处理记录。"}});
  return answer;
}

Param target_param(Words doc) {
  return {.name = "target", .doc = doc, .required = true, .positional = true};
}
}  // namespace

const Command quality_quarantine_command{
    .name = "quality quarantine",
    .title = {"Put orders under quarantine", "隔离订单"},
    .doc = {"Takes an order, or all orders that a rule flagged in the last check, out of every "
            "figure, with their lines. The rows are kept, stay out when the same file is loaded "
            "again, and come back with `quality release`.",
            "把一笔订单，或某规则在上次检查中标记的全部订单（连同明细），移出所有指标。数据会保留，"
            "重新加载同一文件后仍保持隔离，可用 `quality release` 恢复。"},
    .kind = Kind::job,
    .params = {target_param({"an order's key, or the name of a rule", "订单编号或规则名称"}),
               by_param(), reason_param()},
    .columns = done_columns(),
    .examples = {"huitou quality quarantine test_accounts --by Li",
                 "huitou quality quarantine A1001 --reason \"a test\""},
    .run = quarantine,
};

const Command quality_release_command{
    .name = "quality release",
    .title = {"Take a decision back", "释放订单"},
    .doc = {"Brings an order, all orders of a rule, or all orders that were set aside back as they "
            "came.",
            "恢复一笔订单、某规则的全部订单，或全部被隔离或更正的订单。"},
    .kind = Kind::job,
    .params = {target_param({"an order's key, the name of a rule, or all",
                             "订单编号、规则名称，或 all（全部）"}),
               by_param(), reason_param()},
    .columns = done_columns(),
    .examples = {"huitou quality release A1001", "huitou quality release all"},
    .run = release,
};

const Command quality_aside_command{
    .name = "quality aside",
    .title = {"Orders set aside", "被隔离或更正的订单"},
    .doc =
        {"Orders under quarantine or corrected, as they came, newest day first; of corrected ones "
         "also what was corrected.",
         "被隔离或更正的订单原样，日期新的在前；被更正的还列出更正后的内容。"},
    .live = true,
    .params = {{.name = "limit",
                .type = ParamType::integer,
                .doc = {"most rows shown", "最多显示行数"},
                .fallback = "1000",
                .at_least = 1,
                .at_most = 100000}},
    .columns =
        {{"order_key", Unit::none, Role::dimension, {"Order", "订单"}},
         {"ordered_on", Unit::date, Role::detail, {"Day", "日期"}},
         {"customer_id", Unit::none, Role::detail, {"Customer", "客户"}},
         {"ordered_at", Unit::time, Role::detail, {"Time", "时间"}},
         {"status", Unit::none, Role::detail, {"Status", "状态"}},
         {"gross_minor", Unit::minor, Role::detail, {"Gross", "总额"}},
         {"discount_minor", Unit::minor, Role::detail, {"Discount", "折扣"}},
         {"refund_minor", Unit::minor, Role::detail, {"Refund", "退款"}},
         {"net_minor", Unit::minor, Role::value, {"Net", "净额"}},
         {"decision", Unit::none, Role::detail, {"Decision", "处理"}},
         {"rule", Unit::none, Role::detail, {"Rule", "规则"}},
         {"decided_at", Unit::time, Role::detail, {"Decided at", "处理时间"}},
         {"decided_by", Unit::none, Role::detail, {"By", "处理人"}},
         {"reason", Unit::none, Role::detail, {"Reason", "原因"}},
         {"fix_gross_minor", Unit::minor, Role::detail, {"Corrected gross", "更正总额"}},
         {"fix_discount_minor", Unit::minor, Role::detail, {"Corrected discount", "更正折扣"}},
         {"fix_refund_minor", Unit::minor, Role::detail, {"Corrected refund", "更正退款"}},
         {"fix_on", Unit::date, Role::detail, {"Corrected day", "更正日期"}},
         {"fix_at", Unit::time, Role::detail, {"Corrected time", "更正时间"}},
         {"fix_status", Unit::none, Role::detail, {"Corrected status", "更正状态"}},
         {"fix_account", Unit::none, Role::detail, {"Corrected account", "更正客户"}}},
    .examples = {"huitou quality aside"},
    .run = aside,
};

const Command quality_log_command{
    .name = "quality log",
    .title = {"What was decided", "处理记录"},
    .doc = {"Who put orders under quarantine, corrected or released them, when and why; newest "
            "first.",
            "谁在何时因何隔离、更正或释放了订单，最近的在前。"},
    .live = true,
    .columns = {{"decided_at", Unit::time, Role::dimension, {"Decided at", "处理时间"}},
                {"decision", Unit::none, Role::detail, {"Decision", "处理"}},
                {"target", Unit::none, Role::detail, {"Order or rule", "订单或规则"}},
                {"orders", Unit::count, Role::value, {"Orders", "订单数"}},
                {"decided_by", Unit::none, Role::detail, {"By", "处理人"}},
                {"reason", Unit::none, Role::detail, {"Reason", "原因"}}},
    .examples = {"huitou quality log"},
    .run = log,
};

}  // namespace huitou::commands
