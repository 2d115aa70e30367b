#pragma once

#include <string_view>
#include <vector>

#include "base/language.h"

namespace huitou {

enum class ParamType { text, integer, number, boolean, date, choice, file };

/// One argument of a command, metric or analysis. `name` is snake_case (CLI `--group-by`, JSON
/// `group_by`).
struct Param {
  std::string_view name;
  ParamType type = ParamType::text;
  Words doc;
  std::string_view fallback = "";            ///< default as text; empty = none
  std::vector<std::string_view> choices = {};
  bool required = false;
  bool positional = false;
  bool repeated = false;                     ///< may be given several times
  double at_least = 0, at_most = 0;          ///< for numbers; equal = no bounds
};

}  // namespace huitou
