#pragma once

// What the analyses of answers and tickets share. They read no orders: their period begins with the
// first of their own rows.

#include <map>
#include <string>

#include "analyses/common.h"

namespace huitou::analyses {

/// The period as given; where no beginning is given, all days before its end.
Period happenings_period(const Inputs& inputs);

/// A text for the group of a row: the month of `day` as "2025-01", the column's text, or "" for
/// all.
struct Parts {
  std::string sql;
  bool by_month = false;
};
Parts parts_of(std::string_view by, std::string_view day);
/// "202501" becomes "2025-01"; other groups stay, an empty one is a dash.
std::string part_name(const Parts& parts, const std::string& group, bool chinese);

}  // namespace huitou::analyses
