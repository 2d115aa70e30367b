#include "ingest/evidence.h"

#include <algorithm>
#include <cmath>
#include <unordered_set>

namespace huitou::ingest {
namespace {

void weigh_numbers(const std::vector<std::string_view>& values, Evidence& evidence) {
  std::size_t fractions = 0;
  evidence.whole = true;
  for (const std::string_view value : values) {
    std::int64_t milli = 0;
    const Reading reading = parse_quantity(value, *evidence.number, milli);
    if (reading != Reading::ok && reading != Reading::rounded) {
      continue;
    }
    evidence.largest = std::max(evidence.largest, std::abs(static_cast<double>(milli) / 1000));
    const bool fraction =
        milli % 1000 != 0 || value.find(evidence.number->decimal) != std::string_view::npos;
    fractions += fraction || !currency_in(value).empty() ? 1U : 0U;
    evidence.whole = evidence.whole && milli % 1000 == 0;
  }
  evidence.has_cents = fractions * 10 >= values.size();
}

/// What `guess` says of all values, or else of those that it takes one by one.
template <typename Guess>
auto usual(std::span<const std::string_view> values, const Guess& guess) {
  auto format = guess(values);
  if (format) {
    return format;
  }
  std::vector<std::string_view> fitting;
  for (const std::string_view& value : values) {
    if (guess(std::span(&value, 1))) {
      fitting.push_back(value);
    }
  }
  return fitting.size() * 2 >= values.size() ? guess(fitting) : format;
}

}  // namespace

std::optional<DateFormat> usual_date_format(std::span<const std::string_view> values) {
  return usual(values,
               [](std::span<const std::string_view> some) { return guess_date_format(some); });
}

std::optional<NumberFormat> usual_number_format(std::span<const std::string_view> values) {
  return usual(values,
               [](std::span<const std::string_view> some) { return guess_number_format(some); });
}

std::vector<std::string_view> sample_values(const FileInfo& info, std::size_t column) {
  std::vector<std::string_view> values;
  for (const std::vector<std::string>& row : info.samples) {
    const std::string_view value = clean_text(row.at(column));
    if (!is_nothing(value)) {
      values.push_back(value);
    }
  }
  return values;
}

Evidence weigh(const FileInfo& info, std::size_t column, const Dictionary& dictionary) {
  Evidence evidence;
  const std::vector<std::string_view> values = sample_values(info, column);
  evidence.values = values.size();
  if (values.empty()) {
    return evidence;
  }
  evidence.distinct = std::unordered_set<std::string_view>(values.begin(), values.end()).size();
  evidence.date = guess_date_format(values);
  evidence.number = guess_number_format(values);
  evidence.mostly_dates = usual_date_format(values).has_value();
  evidence.mostly_numbers = usual_number_format(values).has_value();
  if (evidence.number) {
    weigh_numbers(values, evidence);
  }
  std::size_t statuses = 0;
  std::size_t hashes = 0;
  for (const std::string_view value : values) {
    statuses += dictionary.status(value) != 0 ? 1U : 0U;
    hashes += value.starts_with('#') ? 1U : 0U;
  }
  evidence.status_share = static_cast<double>(statuses) / static_cast<double>(values.size());
  evidence.hash_sign = hashes * 10 >= values.size() * 9;
  return evidence;
}

std::optional<std::size_t> contact_for_key(const Mapping& mapping,
                                           const std::vector<Evidence>& evidence) {
  const auto key = mapping.find(Field::customer_key);
  std::optional<std::size_t> best;
  for (const Field field :
       {Field::unionid, Field::openid, Field::email, Field::phone, Field::device}) {
    const auto found = mapping.find(field);
    if (found && (!best || evidence[*found].values > evidence[*best].values)) {
      best = found;
    }
  }
  const bool has_key = key && (!best || evidence[*key].values > 0 || evidence[*best].values == 0);
  return has_key ? std::nullopt : best;
}

}  // namespace huitou::ingest
