#pragma once

// Delimiters by the names that a mapping gives them.

#include <string_view>

namespace huitou::ingest {

struct NamedDelimiter {
  std::string_view name;
  char delimiter;
};
inline constexpr NamedDelimiter kDelimiters[] = {
    {",", ','}, {";", ';'}, {"|", '|'}, {"tab", '\t'}, {"blanks", ' '}, {"\t", '\t'}, {" ", ' '}};

/// Empty for one that has no name.
std::string_view delimiter_name(char delimiter);

}  // namespace huitou::ingest
