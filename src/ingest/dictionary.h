#pragma once

// What exports call things: names of columns and words of status, Chinese and English.

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "ingest/mapping.h"

namespace huitou::ingest {

/// A name without case, blanks, brackets' contents and punctuation; full-width letters made narrow.
std::string normal_name(std::string_view name);

/// A dictionary entry that a column's name met.
struct NameMatch {
  Field field = Field::ignore;
  double confidence = 0;     ///< 1 for the very name, less where the entry is a part of the name
  std::size_t rank = 0;      ///< place in the field's list: smaller is more telling
  std::string entry;         ///< as in the dictionary
  bool whole_units = false;  ///< the name says minor units or thousandths
};

class Dictionary {
 public:
  Dictionary();
  std::optional<NameMatch> column(std::string_view name) const;
  /// Code of an order status; 0 for a word that is not known.
  std::uint8_t status(std::string_view word) const;

 private:
  struct Entry {
    Field field;
    std::size_t rank;
    std::string text;
    std::string normal;
  };
  std::vector<Entry> columns_;
  std::unordered_map<std::string, std::uint8_t> statuses_;
};

}  // namespace huitou::ingest
