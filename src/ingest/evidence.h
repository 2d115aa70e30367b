#pragma once

// What the values of a column say of it, whatever its name.

#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "ingest/dictionary.h"
#include "ingest/table.h"
#include "ingest/values.h"

namespace huitou::ingest {

struct Evidence {
  std::size_t values = 0;  ///< samples that are not nothing
  std::size_t distinct = 0;
  std::optional<DateFormat> date;
  std::optional<NumberFormat> number;
  bool mostly_dates = false;  ///< half or more are: enough where the name says so
  bool mostly_numbers = false;
  bool whole = false;      ///< all numbers are whole
  bool has_cents = false;  ///< one in ten or more has decimals or a currency sign
  double largest = 0;
  double status_share = 0;  ///< share of values that are words of status
  bool hash_sign = false;   ///< values like #1001

  double distinct_share() const {
    return values == 0 ? 0 : static_cast<double>(distinct) / static_cast<double>(values);
  }
  bool unique() const { return values > 0 && distinct == values; }
};

/// The format of the values that have one, if they are at least half of all.
std::optional<DateFormat> usual_date_format(std::span<const std::string_view> values);
std::optional<NumberFormat> usual_number_format(std::span<const std::string_view> values);

Evidence weigh(const FileInfo& info, std::size_t column, const Dictionary& dictionary);
/// The non-empty sample values of a column.
std::vector<std::string_view> sample_values(const FileInfo& info, std::size_t column);

/// The column that names customers in a file without member numbers: that of the phones, addresses
/// ... with the most values.
std::optional<std::size_t> contact_for_key(const Mapping& mapping,
                                           const std::vector<Evidence>& evidence);

}  // namespace huitou::ingest
