#pragma once

// A row of values, as a person wrote them, of one form. Pure.

#include <vector>

#include "forms/forms.h"

namespace huitou::forms {

struct RowReading {
  Values values;
  std::vector<Issue> issues;
};
/// Fields that are not named keep what `before` has (empty: nothing).
RowReading read_row(const Form& form, const std::vector<Written>& written, const Values& before);

bool has_errors(const std::vector<Issue>& issues);

}  // namespace huitou::forms
