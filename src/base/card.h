#pragma once

#include <string_view>
#include <vector>

#include "base/language.h"

namespace huitou {

/// How a value is shown. JSON carries the raw number; the unit says what it is.
enum class Unit {
  none,    ///< text, ids
  count,   ///< whole things: customers, orders
  ratio,   ///< a fraction, 0.25 is shown as 25 %
  minor,   ///< money in minor units (fen, cents)
  number,  ///< any other real
  days,
  months,
  date,    ///< yyyy-mm-dd
  time,    ///< UTC seconds
  points,  ///< difference of two ratios, in percentage points
};
std::string_view unit_name(Unit unit);

/// How a table of results is drawn. `x`, `y` and `value` come from the roles of its columns.
enum class View { table, curve, bars, heatmap, flow, cards, map };
std::string_view view_name(View view);

/// What a column is for, so that a screen can draw it without knowing the analysis.
enum class Role {
  dimension,  ///< x of a curve or bars, row of a heat map
  series,     ///< splits into several lines, column of a heat map
  value,      ///< the number itself
  low,
  high,    ///< ends of the value's interval
  base,    ///< the denominator or number of rows behind the value
  detail,  ///< only in the table
};
std::string_view role_name(Role role);

/// Is a rise good news?
enum class Favourable { neither, up, down };
std::string_view favourable_name(Favourable favourable);

/// A column that a person or program is promised.
struct ColumnCard {
  std::string_view name;
  Unit unit = Unit::none;
  Role role = Role::value;
  Words label{};
};

/// What every item of a catalogue says of itself.
struct Card {
  std::string_view name;  ///< snake_case; the same in file, CLI, URL, JSON, documentation
  Words title;
  Words question;  ///< the question it answers, as a person would ask it
  Words method;    ///< how, with formula and source
  View view = View::table;
};

}  // namespace huitou
