#pragma once

#include <string>

#include "base/language.h"
#include "segments/rule.h"

namespace huitou::segments {

/// The one way to write a rule in a language; reading it again gives the same tree.
std::string print(const Rule& rule, Language language = Language::en);
/// `12.5`, `30%`, `2025-01-31`, `'it''s'`.
std::string print_value(const Literal& value);
/// Millionths as a decimal number.
std::string print_micro(std::int64_t micro);

/// The rule as a person would say it, in both languages.
Sentence say(const Rule& rule);

}  // namespace huitou::segments
