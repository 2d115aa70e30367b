#pragma once

// The words of the language, in both languages, and how near words are found.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "segments/rule.h"

namespace huitou::segments {

enum class Keyword {
  all,
  any,
  negate,
  except,
  between,
  in,
  contains,
  is,
  known,
  unknown,
  eq,
  ne,
  lt,
  le,
  gt,
  ge,
  last,
  from,
  to,
  where,
  top,
  bottom,
  of,
  by,
  sample,
  seed,
  everyone,
  in_segment,
  hours,
  days,
  weeks,
  months,
  years,
  property,
  unit,
  ten_thousand,
};

/// A keyword with all its spellings; the first of each language is printed.
struct KeywordWords {
  Keyword keyword;
  std::vector<std::string_view> en;
  std::vector<std::string_view> zh;
};
std::span<const KeywordWords> keywords();
std::optional<Keyword> keyword_of(std::string_view lower_word);
std::string_view spelling(Keyword keyword, Language language);

std::optional<Keyword> keyword_of(WindowUnit unit);
std::string_view op_symbol(Op op);

/// Lower case for ASCII; other bytes stay.
std::string lower(std::string_view text);
/// Code points of UTF-8; a byte that is none stands for itself.
std::vector<std::string_view> characters(std::string_view text);

/// The candidate that was probably meant, by edits of whole characters; nothing if none is near.
std::optional<std::string_view> nearest(std::string_view word,
                                        const std::vector<std::string_view>& candidates);

}  // namespace huitou::segments
