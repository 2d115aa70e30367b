// What a person decides of orders: it is written down, then the tables are made to agree.

#include "quality/decisions.h"
#include "quality/statement.h"

namespace huitou::quality {
namespace {

Error no_order(const std::string& key) {
  return {Code::not_found, "There is no order '" + key + "', and no rule of that name.",
          "Give an order's key as `quality rows` shows it, or the name of a rule.",
          "没有订单“" + key + "”，也没有同名的规则。",
          "请给出 `quality rows` 中的订单编号，或规则名称。"};
}

Result<std::vector<std::string>> keys_flagged(engine::Engine& engine, const Rule& rule) {
  if (rule.grain != Grain::order) {
    const std::string name(rule.card.name);
    return Error{Code::invalid_input, "The rule '" + name + "' flags no orders.",
                 "Only orders can be put under quarantine.", "规则“" + name + "”标记的不是订单。",
                 "只有订单可以隔离。"};
  }
  TRY(const engine::Query query,
      statement("flagged_orders", {{"rule", std::string(rule.card.name)}}));
  TRY(const Frame frame, engine.query(query));
  std::vector<std::string> keys;
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    keys.push_back(frame.text("key", row).value_or(""));
  }
  return keys;
}

Status expect_order(engine::Engine& engine, const std::string& key) {
  TRY(const engine::Query query, statement("order_is_there", {{"key", key}}));
  TRY(const Frame frame, engine.query(query));
  return frame.integer("rows", 0).value_or(0) > 0 ? Status() : no_order(key);
}

/// A correction over an earlier one: what it does not give stays corrected as before.
Correction over(const Correction& earlier, const Correction& later) {
  Correction both = earlier;
  if (later.gross_minor) both.gross_minor = later.gross_minor;
  if (later.discount_minor) both.discount_minor = later.discount_minor;
  if (later.refund_minor) both.refund_minor = later.refund_minor;
  if (later.when) both.when = later.when;
  if (later.status) both.status = later.status;
  if (later.account) both.account = later.account;
  return both;
}

/// Takes back a fix, so that what is set aside is always the order as it came.
Status restore(engine::Engine& engine, store::Store& store, const std::string& key,
               const Author& author) {
  TRY(write_release(store, key, author));
  return settle(engine, store);
}

}  // namespace

Result<std::int64_t> quarantine(engine::Engine& engine, store::Store& store,
                                const std::string& target, const Author& author) {
  std::vector<std::string> keys{target};
  const auto rule = find(target);
  if (rule.ok()) {
    TRY(keys, keys_flagged(engine, **rule));
  } else {
    TRY(const auto before, decision_of(store, target));
    if (before && before->is_fix) TRY(restore(engine, store, target, author));
    if (!before || before->is_fix) TRY(expect_order(engine, target));
  }
  TRY(const std::int64_t orders,
      write_quarantine(store, keys, rule.ok() ? (*rule)->card.name : "", author));
  TRY(settle(engine, store));
  return orders;
}

Status fix(engine::Engine& engine, store::Store& store, const std::string& key,
           const Correction& correction, const Author& author) {
  if (correction.is_empty()) {
    return Error{Code::invalid_input, "Nothing was given to correct of order '" + key + "'.",
                 "Give the right amount, time, status or customer.",
                 "没有给出订单“" + key + "”要更正的内容。", "请给出正确的金额、时间、状态或客户。"};
  }
  TRY(const auto before, decision_of(store, key));
  if (before) TRY(restore(engine, store, key, author));
  TRY(expect_order(engine, key));
  TRY(write_fix(store, key, before ? over(before->correction, correction) : correction, author));
  return settle(engine, store);
}

Result<std::int64_t> release(engine::Engine& engine, store::Store& store, const std::string& target,
                             const Author& author) {
  TRY(const std::int64_t orders, write_release(store, target, author));
  TRY(settle(engine, store));
  return orders;
}

Result<Frame> order_now(engine::Engine& engine, const std::string& key) {
  TRY(const engine::Query query, statement("order_now", {{"key", key}}));
  return engine.query(query);
}

Result<Frame> aside(engine::Engine& engine, store::Store& store, std::uint64_t limit) {
  TRY(ensure_decisions(store));
  TRY(const engine::Query query, statement("aside", {{"limit", static_cast<std::int64_t>(limit)}}));
  TRY(Frame frame, engine.query(query));
  std::vector<Column> words;
  for (const char* name : {"decision", "rule", "decided_by", "reason"}) {
    words.push_back(make_column(name, ColumnType::text));
  }
  std::vector<Column> numbers;
  std::string names;
  for (const std::string_view name : kFixColumns) {
    numbers.push_back(make_column(std::string(name), name == "fix_at"   ? ColumnType::time
                                                     : name == "fix_on" ? ColumnType::date
                                                                        : ColumnType::integer));
    names += ", " + std::string(name);
  }
  numbers.push_back(make_column("decided_at", ColumnType::time));
  for (std::size_t row = 0; row < frame.rows(); ++row) {
    TRY(const Frame found, store.run("SELECT decision, rule, decided_by, reason, decided_at" +
                                         names + " FROM quality_decisions WHERE order_key = ?",
                                     {frame.text("order_key", row).value_or("")}));
    const bool known = found.rows() > 0;
    for (Column& column : words) {
      column.push_text(known ? found.text(column.name, 0).value_or("") : "");
    }
    for (Column& column : numbers) {
      const auto value = known ? found.integer(column.name, 0) : std::nullopt;
      value ? column.push_integer(*value) : column.push_null();
    }
  }
  for (Column& column : words) frame.columns.push_back(std::move(column));
  for (Column& column : numbers) frame.columns.push_back(std::move(column));
  return frame;
}

}  // namespace huitou::quality
