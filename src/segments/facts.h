#pragma once

// The catalogue of facts: what a rule can ask about a customer. One .sql file a fact, with its
// card.

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "segments/rule.h"

namespace huitou::segments {

/// What a fact's value is. `days` and `count` are whole; `money` is written in major units.
enum class ValueType { count, number, money, ratio, days, date, text };
std::string_view type_name(ValueType type);
Words type_words(ValueType type);
/// A value that the engine holds as text, as a real, or (all others) as a whole number.
bool is_text(ValueType type);
bool is_real(ValueType type);

/// The rows that facts are made of.
enum class Source { orders, lines, events, tickets, surveys, customers, keys, marks };
inline constexpr std::size_t kSources = 8;

/// A column of a source by which rows can be chosen.
struct Field {
  std::string_view name;
  std::string_view zh;
  ValueType type = ValueType::text;
  std::string_view column;
};
struct SourceCard {
  std::string_view name;
  Words title;
  std::string_view file;     ///< of its query
  std::string_view day;      ///< column of the day; empty where rows have none
  std::string_view instant;  ///< column of the second; empty where rows have none
  std::vector<Field> fields;
};
const SourceCard& source_card(Source source);
const Field* find_field(Source source, std::string_view lower_word);

struct Fact {
  std::string_view name;
  std::vector<std::string_view> zh;  ///< Chinese words, the first is printed
  std::vector<std::string_view> en;  ///< other English words
  Words title;
  ValueType type = ValueType::count;
  Source source = Source::orders;
  std::string_view policy;   ///< of orders: which status; empty = net
  std::string_view subject;  ///< condition on {{subject}}; empty where the fact takes none
  Words subject_words;
  bool needs_subject = false;
  bool zero = false;     ///< without rows it is 0, else unknown
  Words nothing;         ///< when it is unknown or 0
  std::string_view sql;  ///< aggregate over the rows {{when}}
};

/// All facts, in the order of src/segments/CMakeLists.txt.
std::span<const Fact> facts();
/// By its name, or any of its words in lower case.
const Fact* find_fact(std::string_view lower_word);
/// Names and words of all facts.
std::span<const std::string_view> fact_words();

}  // namespace huitou::segments
