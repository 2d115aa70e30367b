#pragma once

// What a form is: its fields, which of them say which entry it is, and where the entries go.

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"

namespace huitou::forms {

/// `customer`, `store`, `product` and `metric` are keys of things that the shop has; `period` is a
/// year, quarter, month or day (2025, 2025-Q1, 2025-01, 2025-01-31).
enum class FieldType {
  text,
  integer,
  number,  ///< 45 % is 0.45
  money,
  date,
  moment,  ///< a day, with a time or without, on the shop's clock
  period,
  truth,
  choice,
  customer,
  store,
  product,
  metric,
};
std::string_view type_name(FieldType type);

/// One of few values: `name` is kept, the label is as good in a file.
struct Choice {
  std::string_view name;
  Words label;
};

struct Field {
  std::string_view name;
  FieldType type = FieldType::text;
  Words label;
  Words hint = {};  ///< what to write, with an example
  bool required = false;
  bool key = false;  ///< no two entries have the same in all such fields
  std::vector<Choice> choices = {};
  double at_least = 0, at_most = 0;  ///< of numbers and money (major units); equal = no bounds
  std::string_view fills = {};       ///< field of a mapping; empty: it stays in the form
  std::string_view titles = {};      ///< other titles of such a column, between bars
};

/// What an entry says, in the order of the form's fields: checked texts in one spelling (money in
/// minor units, days as 2025-01-31, yes or no), empty where there is nothing.
using Values = std::vector<std::string>;

/// What is wrong with a value. A warning does not keep an entry out.
struct Issue {
  std::string field;
  std::string value;
  bool is_error = true;
  Sentence what;  ///< what is wrong, with the value
  Sentence todo;
};

struct Form {
  std::string_view name;
  Words title;
  Words doc;  ///< what it is for and where its entries go
  std::vector<Field> fields;
  /// The canonical table that gets the entries; empty: they stay in the store.
  std::string_view table = {};
  /// Entries correct rows that files bring, and files' rows come back when an entry goes. Else each
  /// entry is a row of its own.
  bool corrects = false;
  /// An entry without number gets one that begins so; empty: none does. The number is the first
  /// field.
  std::string_view numbered = {};
  /// What is wrong with values that are right one by one; may be null.
  std::vector<Issue> (*check)(const Values& values) = nullptr;

  std::optional<std::size_t> place(std::string_view field) const;
};

}  // namespace huitou::forms
