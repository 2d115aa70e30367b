#pragma once

// Facts whose value is one of a few texts that are known beforehand: the line `values` of their
// files.

#include <span>
#include <string_view>

#include "segments/facts.h"
#include "segments/rule.h"

namespace huitou::segments {

/// The only texts that the fact can be, in both languages; the English one is the value. Empty
/// where it can be any.
std::span<const Words> choices_of(const Fact& fact);
/// All of them in quotes: 'A', 'B'.
Sentence choices_said(const Fact& fact);
/// The one that a person means: either name, the English one in any case, the Chinese one without
/// its last 客户. Null for another text.
const Words* find_choice(const Fact& fact, std::string_view text);
/// A value that the fact (null: none) is compared with; one of its choices by its name in the
/// language.
Literal named_in(const Literal& value, const Fact* fact, Language language);

}  // namespace huitou::segments
