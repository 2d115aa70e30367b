#include "connectors/position.h"

#include <algorithm>
#include <array>
#include <charconv>
#include <cstdio>

#include "base/date.h"
#include "connectors/fields.h"

namespace huitou::connectors {
namespace {

constexpr std::int64_t kMicros = 1'000'000;
constexpr std::int64_t kDayMicros = std::int64_t{24} * 3600 * kMicros;
bool is_number(std::string_view text) {
  if (text.empty() || text.find_first_of("0123456789") == text.npos) return false;
  return text.find_first_not_of("0123456789+-.eE") == text.npos;
}

bool is_bytes(std::string_view text) {
  return text.starts_with("0x") && text.find_first_not_of("0123456789abcdef", 2) == text.npos;
}

std::optional<Scalar> scalar_of(std::string_view field) {
  if (field.empty()) return std::nullopt;
  const Scalar scalar{static_cast<Scalar::Kind>(field[0]), std::string(field.substr(1))};
  switch (scalar.kind) {
    case Scalar::Kind::number:
      return is_number(scalar.text) ? std::optional(scalar) : std::nullopt;
    case Scalar::Kind::bytes:
      return is_bytes(scalar.text) ? std::optional(scalar) : std::nullopt;
    case Scalar::Kind::text:
      return scalar;
  }
  return std::nullopt;
}

std::string field_of(const Scalar& scalar) { return static_cast<char>(scalar.kind) + scalar.text; }

/// `number` of `digits` digits at `at`; none if they are not there.
std::optional<int> digits_at(std::string_view text, std::size_t at, std::size_t digits) {
  if (text.size() < at + digits) return std::nullopt;
  int value = 0;
  for (std::size_t i = at; i < at + digits; ++i) {
    if (text[i] < '0' || text[i] > '9') return std::nullopt;
    value = value * 10 + (text[i] - '0');
  }
  return value;
}

/// A time taken apart: `micros` of its whole seconds, and how it was written.
struct Written {
  std::int64_t seconds = 0;
  char separator = '\0';      ///< none: a date alone
  std::string_view fraction;  ///< `.123`
  std::string_view suffix;    ///< `Z`, `+08:00`
  std::int64_t offset = 0;    ///< seconds that the suffix puts it before UTC
};

/// Of `+08:00`, `-0330`, `+08`; 0 of anything else.
std::int64_t offset_of(std::string_view suffix) {
  if (suffix.empty() || (suffix[0] != '+' && suffix[0] != '-')) return 0;
  const std::optional<int> hours = digits_at(suffix, 1, 2);
  const std::size_t colon = suffix.size() > 3 && suffix[3] == ':' ? 1 : 0;
  const int minutes = digits_at(suffix, 3 + colon, 2).value_or(0);
  const std::int64_t seconds = (std::int64_t{hours.value_or(0)} * 60 + minutes) * 60;
  return suffix[0] == '-' ? -seconds : seconds;
}

std::optional<Written> take_apart(std::string_view text) {
  const auto year = digits_at(text, 0, 4), month = digits_at(text, 5, 2),
             day = digits_at(text, 8, 2);
  if (!year || !month || !day || text[4] != '-' || text[7] != '-') return std::nullopt;
  if (!is_calendar_day({*year, *month, *day})) return std::nullopt;
  Written written;
  written.seconds = std::int64_t{date_of({*year, *month, *day}).days} * (kDayMicros / kMicros);
  if (text.size() == 10) return written;
  const auto hour = digits_at(text, 11, 2), minute = digits_at(text, 14, 2),
             second = digits_at(text, 17, 2);
  if (!hour || !minute || !second || text[13] != ':' || text[16] != ':') return std::nullopt;
  if (*hour > 24 || *minute > 59 || *second > 60) return std::nullopt;
  written.separator = text[10];
  written.seconds += (std::int64_t{*hour} * 60 + *minute) * 60 + *second;
  std::string_view rest = text.substr(19);
  if (rest.starts_with('.')) {
    const std::size_t end = std::min(rest.find_first_not_of("0123456789", 1), rest.size());
    written.fraction = rest.substr(0, end);
    rest.remove_prefix(end);
  }
  written.suffix = rest;
  written.offset = offset_of(rest);
  return written;
}

std::string put_together(const Written& written) {
  constexpr std::int64_t kDay = kDayMicros / kMicros;
  const std::int64_t day = written.seconds / kDay - (written.seconds % kDay < 0 ? 1 : 0);
  const auto second = static_cast<int>(written.seconds - day * kDay);
  std::string out = format_date(Date{static_cast<std::int32_t>(day)});
  if (written.separator == '\0') return out;
  std::array<char, 16> clock{};
  std::snprintf(clock.data(), clock.size(), "%02d:%02d:%02d", second / 3600, second / 60 % 60,
                second % 60);
  out += written.separator;
  out.append(clock.data()).append(written.fraction).append(written.suffix);
  return out;
}

struct UnixTime {
  std::int64_t value = 0;
  std::int64_t per_second = 1;
  std::int64_t least = 0;  ///< what is below is of another unit, or no time
};

/// The unit is known by the size: seconds stay below 1e11 for three thousand years.
std::optional<UnixTime> unix_time(std::string_view text) {
  constexpr std::int64_t kMillisFrom = 100'000'000'000, kMicrosFrom = 100'000'000'000'000;
  constexpr std::int64_t kBeyond = 1'000'000'000'000'000'000;
  UnixTime time{.least = -kMillisFrom};
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), time.value);
  if (error != std::errc() || (end != text.data() + text.size() && *end != '.'))
    return std::nullopt;
  if (time.value < time.least || time.value > kBeyond) return std::nullopt;
  if (time.value >= kMicrosFrom) {
    time.per_second = kMicros;
    time.least = kMicrosFrom;
  } else if (time.value >= kMillisFrom) {
    time.per_second = 1000;
    time.least = kMillisFrom;
  }
  return time;
}

Error not_a_time(const std::string& text) {
  return {Code::invalid_input, "The updated column has '" + text + "', which is no time.",
          "Set `updated` to a column of dates, times or Unix times, or leave it out.",
          "更新时间列的值“" + text + "”不是时间。",
          "请把 `updated` 设为日期、时间或 Unix 时间列，或不设置它。"};
}

}  // namespace

std::string format_position(const Position& position) {
  Fields fields;
  if (position.since) fields.emplace_back("since", field_of(*position.since));
  if (!position.inside) return join_fields(fields);
  fields.emplace_back("in", position.dated ? "dated" : "undated");
  if (position.until) fields.emplace_back("until", field_of(*position.until));
  if (position.updated) fields.emplace_back("updated", field_of(*position.updated));
  for (const Scalar& value : position.key) fields.emplace_back("key", field_of(value));
  if (!position.snapshot.empty()) fields.emplace_back("snapshot", position.snapshot);
  return join_fields(fields);
}

Result<Position> parse_position(std::string_view cursor) {
  const std::optional<Fields> fields = split_fields(cursor);
  if (!fields) return wrong_cursor(cursor);
  Position position;
  for (const auto& [name, value] : *fields) {
    if (name == "in" && (value == "dated" || value == "undated")) {
      position.inside = true;
      position.dated = value == "dated";
      continue;
    }
    if (name == "snapshot") {
      position.snapshot = value;
      continue;
    }
    std::optional<Scalar> scalar = scalar_of(value);
    if (scalar && name == "since") {
      position.since = std::move(scalar);
    } else if (scalar && name == "until") {
      position.until = std::move(scalar);
    } else if (scalar && name == "updated") {
      position.updated = std::move(scalar);
    } else if (scalar && name == "key") {
      position.key.push_back(std::move(*scalar));
    } else {
      return wrong_cursor(cursor);
    }
  }
  return position;
}

std::optional<Scalar> earlier(const Scalar& time, std::int64_t seconds) {
  if (std::optional<Written> written = take_apart(time.text)) {
    written->seconds -= seconds;
    return Scalar{time.kind, put_together(*written)};
  }
  if (const std::optional<UnixTime> number = unix_time(time.text)) {
    const std::int64_t value = number->value - seconds * number->per_second;
    return Scalar{time.kind, std::to_string(std::max(value, number->least))};
  }
  return std::nullopt;
}

std::optional<std::int64_t> micros_of(const Scalar& time) {
  if (const std::optional<Written> written = take_apart(time.text)) {
    std::string fraction(written->fraction.empty() ? "" : written->fraction.substr(1));
    fraction.resize(6, '0');
    return (written->seconds - written->offset) * kMicros + std::stoll(fraction);
  }
  if (const std::optional<UnixTime> number = unix_time(time.text)) {
    return number->value * (kMicros / number->per_second);
  }
  return std::nullopt;
}

Result<std::optional<Scalar>> until_of(const std::optional<Scalar>& latest, std::int64_t now) {
  if (!latest || latest->text == "-infinity" || latest->text.starts_with("0000-00-00")) {
    return std::optional<Scalar>();
  }
  const std::int64_t now_seconds = now / kMicros;
  if (latest->text == "infinity") {
    return std::optional(
        Scalar{latest->kind, put_together({.seconds = now_seconds, .separator = ' '})});
  }
  const std::optional<std::int64_t> micros = micros_of(*latest);
  if (!micros) return not_a_time(latest->text);
  if (*micros <= now) return latest;
  if (std::optional<Written> written = take_apart(latest->text)) {
    written->seconds = now_seconds + written->offset;
    written->fraction = {};
    return std::optional(Scalar{latest->kind, put_together(*written)});
  }
  const std::int64_t per_second = unix_time(latest->text)->per_second;
  return std::optional(Scalar{latest->kind, std::to_string(now_seconds * per_second)});
}

}  // namespace huitou::connectors
