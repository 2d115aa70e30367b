#pragma once

// The steps of settling, for its tests too.

#include <map>
#include <string>
#include <vector>

#include "forms/book.h"

namespace huitou::forms {

/// Name of the source whose rows are a form's: "form tickets".
std::string source_of(const Form& form);

/// Texts by the name of their field in a mapping; `source` says whose row it is.
using TableRow = std::map<std::string, std::string, std::less<>>;

/// A row with what the entry says put over it.
TableRow corrected(const Form& form, const Values& values, const TableRow& base);

}  // namespace huitou::forms
