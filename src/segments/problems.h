#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/language.h"
#include "segments/rule.h"

namespace huitou::segments {

/// What is wrong with a rule, where, and what would be right.
struct Problem {
  std::string code;  ///< for programs: "unknown_word", "expected", "wrong_type" ...
  Span at;           ///< bytes of the text; of a tree from JSON, see `path`
  std::string path;  ///< the node in the tree: "/all/1/values/0"; empty where there is no tree yet
  Sentence message;
  Sentence hint;
  std::string replacement;  ///< what could stand there instead; empty if nothing is near
};

inline constexpr std::size_t kMostProblems = 20;

}  // namespace huitou::segments
