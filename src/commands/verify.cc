// verify: does what is stored keep the rules that every figure rests on?

#include <array>

#include "commands/list.h"
#include "commands/rows.h"
#include "commands/shop.h"

namespace huitou::commands {
namespace {

struct Rule {
  const char* name;
  const char* file;
  Words meaning;
};

constexpr std::array kRules = {
    Rule{"orders_unknown_status",
         "sql/orders_unknown_status.sql",
         {"orders with a status that does not exist", "订单状态不存在"}},
    Rule{"orders_wrong_net",
         "sql/orders_wrong_net.sql",
         {"orders whose net amount is not gross - discount - refund",
          "净额不等于 总额 - 折扣 - 退款 的订单"}},
    Rule{
        "orders_twice", "sql/orders_twice.sql", {"orders that are stored twice", "重复存储的订单"}},
    Rule{"orders_unknown_customer",
         "sql/orders_unknown_customer.sql",
         {"orders of a customer without any key", "客户没有任何标识的订单"}},
};

Result<std::int64_t> broken_rows(engine::Engine& engine, const Rule& rule) {
  TRY(const Frame frame, engine.query({.text = std::string(embedded(rule.file))}));
  return frame.integer("rows", 0).value_or(0);
}

Result<bool> store_is_whole(store::Store& store) {
  TRY(const Frame frame, store.run("PRAGMA integrity_check"));
  return frame.rows() == 1 && frame.columns.front().texts().at(0) == "ok";
}

Result<Answer> verify(const Call& call) {
  Answer answer;
  answer.frame.columns = {
      make_column("rule", ColumnType::text), make_column("meaning_en", ColumnType::text),
      make_column("meaning_zh", ColumnType::text), make_column("broken", ColumnType::integer)};
  std::int64_t broken = 0;
  const auto add = [&](std::string_view name, Words meaning, std::int64_t rows) {
    answer.frame.at("rule").push_text(name);
    answer.frame.at("meaning_en").push_text(meaning.en);
    answer.frame.at("meaning_zh").push_text(meaning.zh);
    answer.frame.at("broken").push_integer(rows);
    broken += rows;
  };
  for (const Rule& rule : kRules) {
    call.progress.report(
        {{"Checking", "检查"}, answer.frame.rows(), kRules.size(), {"rules", "条规则"}});
    TRY(const std::int64_t rows, broken_rows(*call.shop.engine, rule));
    add(rule.name, rule.meaning, rows);
  }
  TRY(const bool whole, store_is_whole(*call.shop.store));
  add("store_damaged", {"damage in store.sqlite", "store.sqlite 损坏"}, whole ? 0 : 1);
  answer.columns = columns_of(verify_command.columns);
  answer.notes.push_back(broken == 0 ? Note{"whole", {"Everything is as it must be.", "一切正常。"}}
                                     : Note{"broken",
                                            {"Some rules are broken: load the files again.",
                                             "有规则被违反：请重新加载文件。"}});
  return answer;
}

}  // namespace

const Command verify_command{
    .name = "verify",
    .title = {"Check what is stored", "校验数据"},
    .doc =
        {"Checks the rules that every figure rests on, over all rows. It reads much; run it when "
         "something seems wrong.",
         "对全部数据检查各项指标所依赖的规则。读取量较大，怀疑有问题时再运行。"},
    .live = true,
    .columns = {{"rule", Unit::none, Role::dimension, {"Rule", "规则"}},
                {"meaning_en", Unit::none, Role::detail, {"Meaning", "含义"}},
                {"meaning_zh", Unit::none, Role::detail, {"Meaning", "含义"}},
                {"broken", Unit::count, Role::value, {"Broken", "违反数"}}},
    .examples = {"huitou verify"},
    .run = verify,
};

}  // namespace huitou::commands
