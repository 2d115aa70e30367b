// identity resolve, show, split, stop add|list|remove: which accounts are one person, and why.

#include "identity/identity.h"

#include <fmt/format.h>

#include <chrono>

#include "commands/joined.h"
#include "commands/list.h"
#include "commands/rows.h"
#include "commands/shop.h"
#include "ingest/ingest.h"

namespace huitou::commands {
namespace {

std::int64_t utc_now() {
  return std::chrono::duration_cast<std::chrono::seconds>(
             std::chrono::system_clock::now().time_since_epoch())
      .count();
}

std::vector<ColumnCard> change_columns() {
  return {{"account_id", Unit::none, Role::dimension, {"Account", "账户"}},
          {"customer_id", Unit::none, Role::value, {"Customer now", "现客户"}},
          {"was_customer_id", Unit::none, Role::detail, {"Customer before", "原客户"}},
          {"with_account", Unit::none, Role::detail, {"With account", "关联账户"}},
          {"kind", Unit::none, Role::detail, {"Kind of key", "标识类别"}},
          {"key", Unit::none, Role::detail, {"Key", "标识"}}};
}

Note counted(const char* code, std::string en, std::string zh) {
  return {code, {std::move(en), std::move(zh)}};
}

std::vector<Note> notes_of(const identity::Resolved& done, bool dry_run) {
  std::vector<Note> notes;
  notes.push_back(
      counted("joined",
              fmt::format("{} accounts {} another person's, {} {} for themselves again.",
                          done.joined, dry_run ? "would become" : "became", done.parted,
                          dry_run ? "would stand" : "stand"),
              fmt::format("{} 个账户{}并入其他客户，{} 个账户{}恢复独立。", done.joined,
                          dry_run ? "将" : "已", done.parted, dry_run ? "将" : "已")));
  notes.push_back(counted(
      "keys",
      fmt::format("Of {} keys that several accounts hold, {} join; {} are on the stop-list, {} are "
                  "held by too many accounts, {} are devices or browsers of several known people.",
                  done.keys, done.joining, done.stopped, done.crowded, done.mixed),
      fmt::format("多个账户共有的标识 {} 个：{} 个用于合并，{} 个在停用名单中，{} "
                  "个由过多账户共用，{} 个是多位已知客户共用的设备或浏览器。",
                  done.keys, done.joining, done.stopped, done.crowded, done.mixed)));
  if (done.moved_rows > 0) {
    notes.push_back(counted("moved",
                            fmt::format("{} rows of orders and lines went to their person, in {} "
                                        "months of the tables.",
                                        done.moved_rows, done.moved_months),
                            fmt::format("{} 行订单及明细已归入对应客户，涉及 {} 个月份分区。",
                                        done.moved_rows, done.moved_months)));
  }
  if (done.moved_events > 0) {
    notes.push_back(counted("moved_events",
                            fmt::format("{} events went to their person.", done.moved_events),
                            fmt::format("{} 条行为事件已归入对应客户。", done.moved_events)));
  }
  if (done.joined + done.parted > done.changes.rows()) {
    notes.push_back(counted("first_rows",
                            fmt::format("The first {} changes are shown.", done.changes.rows()),
                            fmt::format("仅显示前 {} 条变化。", done.changes.rows())));
  }
  return notes;
}

Result<Answer> resolved_answer(const Call& call, const identity::ResolveOptions& options) {
  TRY(identity::Resolved done,
      identity::resolve(*call.shop.engine, *call.shop.store, options, call.progress));
  Answer answer;
  answer.notes = notes_of(done, options.dry_run);
  answer.frame = std::move(done.changes);
  answer.columns = columns_of(change_columns());
  return answer;
}

Result<Answer> run_resolve(const Call& call) {
  identity::ResolveOptions options{.now = utc_now(),
                                   .dry_run = call.args.boolean("dry_run"),
                                   .everything = call.args.boolean("everything")};
  if (call.args.has("most_holders")) {
    options.most_holders = static_cast<std::uint64_t>(call.args.integer("most_holders"));
  }
  return resolved_answer(call, options);
}

std::vector<ColumnCard> person_columns() {
  return {{"customer_id", Unit::none, Role::dimension, {"Customer", "客户"}},
          {"account_id", Unit::none, Role::dimension, {"Account", "账户"}},
          {"kind", Unit::none, Role::value, {"Kind of key", "标识类别"}},
          {"key", Unit::none, Role::value, {"Key", "标识"}},
          {"source", Unit::none, Role::detail, {"Source", "来源"}},
          {"state", Unit::none, Role::value, {"State", "状态"}},
          {"with_account", Unit::none, Role::detail, {"Joined with account", "合并到账户"}},
          {"by_kind", Unit::none, Role::detail, {"By kind of key", "依据类别"}},
          {"by_key", Unit::none, Role::detail, {"By key", "依据标识"}},
          {"linked_at", Unit::time, Role::detail, {"Joined at", "合并时间"}},
          {"orders", Unit::count, Role::value, {"Orders", "订单"}}};
}

Result<Answer> run_show(const Call& call) {
  TRY(Frame person,
      identity::show(*call.shop.engine, *call.shop.store, call.args.text("customer")));
  Answer answer = answer_of(std::move(person), columns_of(person_columns()));
  answer.notes.push_back(
      {"states",
       {"own: nobody else has it. joined: an account of this person, by the key named. joins, "
        "agrees: "
        "two accounts have it. shared: others have it too, so it joins nobody. stopped, alone: on "
        "the "
        "stop-list.",
        "own：独有；joined：依所列标识并入的账户；joins、agrees：本客户多个账户共有；shared："
        "他人也有，不用于合并；stopped、alone：在停用名单中。"}});
  return answer;
}

Result<Answer> run_split(const Call& call) {
  TRY(const identity::Stop stop,
      identity::splitting_key(*call.shop.engine, *call.shop.store, call.args.text("customer"),
                              call.args.text("key")));
  TRY(identity::add_stop(*call.shop.store, stop, "split", utc_now()));
  return resolved_answer(call, {.now = utc_now()});
}

Result<Answer> run_stop_add(const Call& call) {
  TRY(const identity::Stop stop, identity::parse_stop(*call.shop.engine, call.args.text("key")));
  TRY(identity::add_stop(*call.shop.store, stop, call.args.text("reason"), utc_now()));
  return resolved_answer(call, {.now = utc_now()});
}

Result<Answer> run_stop_remove(const Call& call) {
  TRY(const identity::Stop stop, identity::parse_stop(*call.shop.engine, call.args.text("key")));
  TRY(identity::remove_stop(*call.shop.store, stop));
  return resolved_answer(call, {.now = utc_now()});
}

std::vector<ColumnCard> stop_columns() {
  return {{"kind", Unit::none, Role::dimension, {"Kind of key", "标识类别"}},
          {"key", Unit::none, Role::dimension, {"Key", "标识"}},
          {"reason", Unit::none, Role::detail, {"Reason", "原因"}},
          {"added_at", Unit::time, Role::detail, {"Added at", "添加时间"}}};
}

Result<Answer> run_stop_list(const Call& call) {
  TRY(Frame list, identity::stops(*call.shop.store));
  Answer answer = answer_of(std::move(list), columns_of(stop_columns()));
  answer.notes.push_back({"known",
                          {"Keys without a time are stopped in every shop: what tills and testers "
                           "type where a form insists.",
                           "没有时间的标识在所有店铺停用：收银或测试时常随手填写的号码。"}});
  return answer;
}

Param customer_param() {
  return {.name = "customer",
          .doc = {"a member number, phone number, e-mail address or other key, or our number",
                  "会员号、手机号、邮箱等标识，或系统内客户编号"},
          .required = true,
          .positional = true};
}

Param key_param(Words doc) {
  return {.name = "key", .doc = doc, .required = true, .positional = true};
}

const Command resolve_command{
    .name = "identity resolve",
    .title = {"Find out who is one person", "识别同一客户"},
    .doc = {"Joins accounts (member numbers) that share a phone number, e-mail address, unionid, "
            "openid, device or browser into one person, and moves their orders to it. A key of too "
            "many accounts joins nobody, nor does one on the stop-list, nor a device of several "
            "people who are known otherwise. Every load does this for what is new; --dry-run only "
            "says what would change.",
            "把共有手机号、邮箱、unionid、openid、设备或浏览器的账户（会员号）合并为同一客户，"
            "其订单随之归并。由过多账户共用的标识、停用名单中的标识、以及多位已知客户共用的设备"
            "不用于合并。每次加载会自动处理新数据；--dry-run 只显示将发生的变化。"},
    .kind = Kind::job,
    .params = {{.name = "dry_run",
                .type = ParamType::boolean,
                .doc = {"say what would change, change nothing", "只显示变化，不作修改"},
                .fallback = "false"},
               {.name = "everything",
                .type = ParamType::boolean,
                .doc = {"look at all keys, not only at new ones", "检查全部标识，而不仅是新标识"},
                .fallback = "false"},
               {.name = "most_holders",
                .type = ParamType::integer,
                .doc = {"a key of more accounts than this joins nobody; kept for later runs, 5 at "
                        "first",
                        "账户数超过此值的标识不用于合并；之后沿用，初始为 5"},
                .at_least = 2,
                .at_most = 1000}},
    .columns = change_columns(),
    .examples = {"huitou identity resolve --dry-run", "huitou identity resolve"},
    .run = run_resolve,
};

const Command show_command{
    .name = "identity show",
    .title = {"Why these keys are one person", "客户标识"},
    .doc = {"All accounts and keys of one person, with the key that joined each account, when, and "
            "how many orders came with it.",
            "列出一位客户的全部账户与标识：每个账户依据哪个标识、何时合并，带来多少订单。"},
    .live = true,
    .params = {customer_param()},
    .columns = person_columns(),
    .examples = {"huitou identity show 13912340001", "huitou identity show member:M0042"},
    .run = run_show,
};

const Command split_command{
    .name = "identity split",
    .title = {"Take a person apart", "拆分客户"},
    .doc =
        {"Puts a key of this person on the stop-list, so that it joins no accounts any more; a "
         "member number takes its account out. Orders go back to their accounts. `huitou identity "
         "stop remove` undoes it.",
         "把该客户的一个标识列入停用名单，不再用于合并；若为会员号，则该账户单独成为一位客户。"
         "订单随之退回原账户。可用 `huitou identity stop remove` 撤销。"},
    .kind = Kind::job,
    .params = {customer_param(), key_param({"the key that joins what does not belong together",
                                            "误合并所依据的标识"})},
    .columns = change_columns(),
    .examples = {"huitou identity split M0042 13912340001"},
    .run = run_split,
};

const Command stop_add_command{
    .name = "identity stop add",
    .title = {"Stop a key from joining", "停用标识"},
    .doc = {"The key joins nobody any more: a shared phone, a test account. Say the kind where it "
            "is not plain, as in member:TEST01; of a member number, the account stays alone.",
            "该标识不再用于合并，例如共用电话、测试账户。类别不明时请注明，如 member:TEST01；"
            "若为会员号，则该账户不与任何账户合并。"},
    .kind = Kind::job,
    .params = {key_param({"the key, with its kind before a colon where needed",
                          "标识，必要时以“类别:”开头"}),
               {.name = "reason",
                .doc = {"why, for those who read the list", "原因，供查看名单者参考"}}},
    .columns = change_columns(),
    .examples = {"huitou identity stop add phone:02162345678 --reason \"counter\""},
    .run = run_stop_add,
};

const Command stop_list_command{
    .name = "identity stop list",
    .title = {"Keys that join nobody", "停用名单"},
    .doc = {"The stop-list: keys that join nobody, with reason and time.",
            "停用名单：不用于合并的标识及其原因、时间。"},
    .live = true,
    .columns = stop_columns(),
    .examples = {"huitou identity stop list"},
    .run = run_stop_list,
};

const Command stop_remove_command{
    .name = "identity stop remove",
    .title = {"Let a key join again", "恢复标识"},
    .doc = {"Takes a key off the stop-list; accounts that share it are joined again.",
            "把标识移出停用名单；共有该标识的账户会重新合并。"},
    .kind = Kind::job,
    .params = {key_param(
        {"the key, with its kind before a colon where needed", "标识，必要时以“类别:”开头"})},
    .columns = change_columns(),
    .examples = {"huitou identity stop remove phone:02162345678"},
    .run = run_stop_remove,
};

}  // namespace

Status join_accounts(const Call& call, Answer& answer) {
  TRY(const identity::Resolved done,
      identity::follow(*call.shop.engine, *call.shop.store, utc_now(), call.progress));
  if (done.joined + done.parted > 0) {
    const std::vector<Note> notes = notes_of(done, false);
    answer.notes.push_back(notes.front());
  }
  return {};
}

std::vector<const Command*> identity_commands() {
  return {&resolve_command,  &show_command,      &split_command,
          &stop_add_command, &stop_list_command, &stop_remove_command};
}

}  // namespace huitou::commands
