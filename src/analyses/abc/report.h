#pragma once

// The tables and notes of the answer, from the ranked items.

#include <cstdint>
#include <string_view>
#include <vector>

#include "analyses/abc/classes.h"
#include "analyses/analyses.h"

namespace huitou::analyses {

enum class AbcOf { customers, products };
enum class AbcBy { amount, margin, quantity };
enum class AbcForm { classes, curve, list };

/// What items are ranked by, and how it is asked of orders and of products.
struct AbcMeasure {
  std::string_view name;
  std::string_view lowest_name;
  Unit unit;
  Words label;
  Words lowest_label;
  std::string_view order_value;
  std::string_view order_unknown;
  std::string_view product_value;
  std::string_view product_unknown;
};

struct AbcQuestion {
  AbcOf of = AbcOf::customers;
  AbcBy by = AbcBy::amount;
  AbcForm form = AbcForm::classes;
  std::vector<std::int64_t> percents;

  const AbcMeasure& measure() const;
  bool customers() const { return of == AbcOf::customers; }
  Words items() const {
    return customers() ? Words{"customers", "位客户"} : Words{"products", "种商品"};
  }
};

/// The items with a known value, and how many have none.
struct AbcFound {
  RankedItems items;
  std::int64_t unknown = 0;
};

/// A row for each class.
std::vector<ColumnCard> class_columns(const AbcQuestion& question);
Answer class_table(const AbcFound& found, const AbcQuestion& question);
/// The Pareto curve: for each percent of the items, from the highest, what they hold together.
Answer curve_table(const AbcFound& found, const AbcQuestion& question);
/// A row for each item; `before` is what stands above the next one, and moves on.
Answer empty_abc_list(const AbcQuestion& question);
void add_abc_item(const AbcFound& found, RankedPart& before, const Frame& rows, std::size_t row,
                  const AbcQuestion& question, Answer& into);

void add_abc_notes(const AbcFound& found, const AbcQuestion& question, std::vector<Note>& notes);

}  // namespace huitou::analyses
