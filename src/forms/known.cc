#include "forms/known.h"

#include "forms/statement.h"

namespace huitou::forms {
namespace {

/// More keys than these are not sent to the engine: it sends all that it has.
constexpr std::size_t kMostAsked = 500;
constexpr std::uint64_t kMostKeys = 50'000'000;

struct Kind {
  FieldType type;
  std::string_view sql;
};
constexpr Kind kKinds[] = {{FieldType::customer, "known_customers"},
                           {FieldType::store, "known_stores"},
                           {FieldType::product, "known_products"}};

std::set<std::string> named(const Form& form, FieldType type, const std::vector<Values>& rows) {
  std::set<std::string> keys;
  for (std::size_t i = 0; i < form.fields.size(); ++i) {
    if (form.fields[i].type != type) continue;
    for (const Values& values : rows) {
      if (!values[i].empty()) keys.insert(values[i]);
    }
  }
  return keys;
}

Issue unknown(const Field& field, const std::string& value) {
  const bool customer = field.type == FieldType::customer;
  const bool store = field.type == FieldType::store;
  const std::string en = customer ? "customer" : store ? "store" : "product";
  const std::string zh = customer ? "客户" : store ? "门店" : "商品";
  return {std::string(field.name),
          value,
          customer,
          {"No " + en + " '" + value + "' is known.", "没有" + zh + "“" + value + "”。"},
          customer
              ? Sentence{"Write the member number as orders have it, or leave it empty.",
                         "请填写与订单一致的会员号，或留空。"}
              : Sentence{"Check the key; it is kept as written.", "请检查编号；将按原样保存。"}};
}

}  // namespace

Result<Known> Known::of(engine::Engine& engine, const Form& form, const std::vector<Values>& rows) {
  Known known;
  for (const Kind& kind : kKinds) {
    const std::set<std::string> keys = named(form, kind.type, rows);
    if (keys.empty()) continue;
    std::set<std::string>& found = known.keys_[kind.type];
    const bool all = keys.size() > kMostAsked;
    TRY(engine::Query query,
        statement(kind.sql, {{"all", std::int64_t{all ? 1 : 0}},
                             {"keys", all ? engine::TextList{}
                                          : engine::TextList(keys.begin(), keys.end())}}));
    query.limits.result_rows = kMostKeys;
    TRY(engine.stream(query, [&](const Frame& block) -> Status {
      const TextColumn& texts = block.at("key").texts();
      for (std::size_t row = 0; row < texts.size(); ++row) {
        std::string key(texts.at(row));
        if (!all || keys.contains(key)) found.insert(std::move(key));
      }
      return {};
    }));
  }
  return known;
}

std::vector<Issue> Known::issues(const Form& form, const Values& values) const {
  std::vector<Issue> issues;
  for (std::size_t i = 0; i < form.fields.size(); ++i) {
    const auto found = keys_.find(form.fields[i].type);
    if (found == keys_.end() || values[i].empty() || found->second.contains(values[i])) continue;
    issues.push_back(unknown(form.fields[i], values[i]));
  }
  return issues;
}

}  // namespace huitou::forms
