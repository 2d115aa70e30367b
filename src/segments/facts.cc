#include "segments/facts.h"

#include <algorithm>
#include <array>
#include <map>

#include "base/result.h"
#include "segments/list.h"

namespace huitou::segments {

std::string_view embedded(std::string_view path);

namespace {

struct TypeCard {
  std::string_view name;
  Words words;
};
constexpr std::array<TypeCard, 7> kTypes{
    {{"count", {"a whole number", "整数"}},
     {"number", {"a number", "数值"}},
     {"money", {"an amount of money", "金额"}},
     {"ratio", {"a share such as 30%", "比例，如 30%"}},
     {"days", {"a whole number of days", "天数"}},
     {"date", {"a day such as 2025-01-31", "日期，如 2025-01-31"}},
     {"text", {"a text in quotes", "引号中的文字"}}}};

constexpr std::array<std::string_view, kSources> kSourceNames{
    "orders", "lines", "events", "tickets", "surveys", "customers", "keys", "marks"};

std::string_view trim(std::string_view text) {
  const std::size_t begin = text.find_first_not_of(" \t\n");
  return begin == std::string_view::npos
             ? std::string_view()
             : text.substr(begin, text.find_last_not_of(" \t\n") - begin + 1);
}

std::vector<std::string_view> split(std::string_view text) {
  std::vector<std::string_view> parts;
  while (!text.empty()) {
    const std::size_t comma = std::min(text.find(','), text.size());
    if (const auto part = trim(text.substr(0, comma)); !part.empty()) parts.push_back(part);
    text.remove_prefix(std::min(comma + 1, text.size()));
  }
  return parts;
}

Words pair(std::string_view text) {
  const std::size_t bar = text.find(" | ");
  CHECK(bar != std::string_view::npos);
  return {trim(text.substr(0, bar)), trim(text.substr(bar + 3))};
}

template <typename Names>
std::size_t place_of(const Names& names, std::string_view name) {
  const auto found = std::find(names.begin(), names.end(), name);
  CHECK(found != names.end());
  return static_cast<std::size_t>(found - names.begin());
}

void take(Fact& fact, std::string_view field, std::string_view value) {
  if (field == "fact") {
    fact.name = value;
  } else if (field == "zh") {
    fact.zh = split(value);
  } else if (field == "en") {
    fact.en = split(value);
  } else if (field == "title") {
    fact.title = pair(value);
  } else if (field == "type") {
    std::array<std::string_view, kTypes.size()> names{};
    for (std::size_t i = 0; i < kTypes.size(); ++i) names.at(i) = kTypes.at(i).name;
    fact.type = static_cast<ValueType>(place_of(names, value));
  } else if (field == "source") {
    fact.source = static_cast<Source>(place_of(kSourceNames, value));
  } else if (field == "policy") {
    fact.policy = value;
  } else if (field == "subject") {
    fact.subject = value;
  } else if (field == "takes" || field == "needs") {
    fact.subject_words = pair(value);
    fact.needs_subject = field == "needs";
  } else if (field == "values") {
    return;  // choices.h
  } else if (field == "zero" || field == "unknown") {
    fact.nothing = pair(value);
    fact.zero = field == "zero";
  } else {
    throw Bug("a fact's file has the field '" + std::string(field) + "'");
  }
}

/// Comment lines `-- field  value`, then the expression.
Fact read_fact(std::string_view text) {
  Fact fact;
  while (text.starts_with("-- ")) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(3, end - 3);
    const std::size_t blank = std::min(line.find(' '), line.size());
    take(fact, line.substr(0, blank), trim(line.substr(blank)));
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  fact.sql = trim(text);
  CHECK(!fact.name.empty() && !fact.zh.empty() && !fact.title.en.empty() && !fact.sql.empty() &&
        !fact.nothing.en.empty() && fact.subject.empty() == fact.subject_words.en.empty());
  return fact;
}

std::vector<Field> order_fields() {
  return {{"channel", "渠道", ValueType::text, "channel"},
          {"store", "门店", ValueType::text, "store_key"},
          {"region", "地区", ValueType::text, "region"},
          {"campaign", "活动", ValueType::text, "campaign"}};
}

std::vector<SourceCard> make_sources() {
  using T = ValueType;
  std::vector<SourceCard> cards{
      {"orders", {"orders", "订单"}, "orders", "ordered_on", "ordered_at", order_fields()},
      {"lines", {"order lines", "订单明细"}, "lines", "ordered_on", "", order_fields()},
      {"events",
       {"behaviour events", "行为事件"},
       "events",
       "occurred_on",
       "occurred_at",
       {{"name", "名称", T::text, "name"},
        {"kind", "类型", T::text, "kind"},
        {"page", "页面", T::text, "page"},
        {"product", "商品", T::text, "product_key"},
        {"category", "品类", T::text, "category"},
        {"channel", "渠道", T::text, "channel"},
        {"campaign", "活动", T::text, "campaign"},
        {"amount", "金额", T::money, "amount_minor"},
        {"seconds", "秒数", T::number, "duration_seconds"}}},
      {"tickets",
       {"service tickets", "服务工单"},
       "tickets",
       "opened_on",
       "opened_at",
       {{"reason", "原因", T::text, "reason"},
        {"channel", "渠道", T::text, "channel"},
        {"store", "门店", T::text, "store_key"},
        {"satisfaction", "满意度", T::count, "satisfaction"},
        {"first_reply_minutes", "首次响应分钟", T::count, "first_reply_minutes"}}},
      {"surveys",
       {"survey answers", "问卷答复"},
       "surveys",
       "answered_on",
       "answered_at",
       {{"kind", "类型", T::text, "kind"},
        {"channel", "渠道", T::text, "channel"},
        {"score", "评分", T::count, "score"},
        {"comment", "留言", T::text, "comment"}}},
      {"customers", {"the customer's own data", "客户资料"}, "customers", "", "", {}},
      {"keys", {"keys of the customer", "客户标识"}, "keys", "", "", {}},
      {"marks", {"tags and consent", "标签与授权"}, "marks", "", "", {}}};
  cards[0].fields.push_back({"amount", "金额", T::money, "net_minor"});
  cards[1].fields.push_back({"amount", "金额", T::money, "net_minor"});
  cards[1].fields.push_back({"product", "商品", T::text, "product_key"});
  cards[1].fields.push_back({"category", "品类", T::text, "category"});
  return cards;
}

struct Catalogue {
  std::vector<Fact> facts;
  std::map<std::string_view, std::size_t> places;
  std::vector<std::string_view> words;

  Catalogue() {
    for (const std::string_view name : kFacts) {
      facts.push_back(read_fact(embedded("facts/" + std::string(name) + ".sql")));
      CHECK(facts.back().name == name);
    }
    for (std::size_t i = 0; i < facts.size(); ++i) {
      add(facts[i].name, i);
      for (const std::string_view word : facts[i].zh) add(word, i);
      for (const std::string_view word : facts[i].en) add(word, i);
    }
  }
  void add(std::string_view word, std::size_t place) {
    CHECK(places.emplace(word, place).second);
    words.push_back(word);
  }
};

const Catalogue& catalogue() {
  static const Catalogue kCatalogue;
  return kCatalogue;
}

}  // namespace

std::string_view type_name(ValueType type) {
  return kTypes.at(static_cast<std::size_t>(type)).name;
}
Words type_words(ValueType type) { return kTypes.at(static_cast<std::size_t>(type)).words; }
bool is_text(ValueType type) { return type == ValueType::text; }
bool is_real(ValueType type) { return type == ValueType::number || type == ValueType::ratio; }

const SourceCard& source_card(Source source) {
  static const std::vector<SourceCard> kCards = make_sources();
  return kCards.at(static_cast<std::size_t>(source));
}

const Field* find_field(Source source, std::string_view lower_word) {
  for (const Field& field : source_card(source).fields) {
    if (field.name == lower_word || field.zh == lower_word) return &field;
  }
  return nullptr;
}

std::span<const Fact> facts() { return catalogue().facts; }

const Fact* find_fact(std::string_view lower_word) {
  const auto found = catalogue().places.find(lower_word);
  return found == catalogue().places.end() ? nullptr : &catalogue().facts[found->second];
}

std::span<const std::string_view> fact_words() { return catalogue().words; }

}  // namespace huitou::segments
