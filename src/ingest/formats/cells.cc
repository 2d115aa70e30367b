#include "ingest/formats/cells.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <iterator>

#include "base/date.h"

namespace huitou::ingest {
namespace {

constexpr std::size_t kExactDigits = 15;
constexpr double kLastSerial = 2958466;  // 10000-01-01
constexpr std::int64_t kSecondsOfDay = 24 * 60 * 60;
constexpr int kDaysFrom1900To1904 = 1462;
constexpr int kLeapDayThatWasNone = 60;  // 1900-02-29

bool parse_real(std::string_view text, double& value) {
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  return error == std::errc() && end == text.data() + text.size();
}

// `-1.2340` times ten to the exponent, written out.
void append_decimal(std::string_view mantissa, int exponent, std::string& to) {
  if (mantissa.starts_with('-')) {
    to += '-';
    mantissa.remove_prefix(1);
  }
  std::string digits(mantissa.substr(0, 1));
  digits += mantissa.substr(2);
  digits.erase(digits.find_last_not_of('0') + 1);
  digits.insert(0, static_cast<std::size_t>(std::max(0, -exponent)), '0');
  const auto whole = static_cast<std::size_t>(std::max(0, exponent)) + 1;
  if (digits.size() < whole) {
    digits.resize(whole, '0');
  }
  to.append(digits, 0, whole);
  if (digits.size() > whole) {
    to += '.';
    to.append(digits, whole);
  }
}

void append_plain(std::string_view value, std::string& to) {
  double number = 0;
  const bool plain =
      value.size() <= kExactDigits && value.find_first_of("eE") == std::string_view::npos;
  const bool whole = value.find_first_of(".eE") == std::string_view::npos;
  if (plain || whole || !parse_real(value, number) || std::abs(number) >= 1e30) {
    to.append(value);
    return;
  }
  char digits[32];
  const auto end = fmt::format_to_n(digits, sizeof digits, "{:.14e}", number).out;
  const std::string_view text(digits, static_cast<std::size_t>(end - digits));
  const std::size_t mark = text.find('e');
  int exponent = 0;
  std::from_chars(text.data() + mark + (text[mark + 1] == '+' ? 2 : 1), end, exponent);
  append_decimal(text.substr(0, mark), exponent, to);
}

void append_clock(std::int64_t seconds, std::string& to) {
  fmt::format_to(std::back_inserter(to), "{:02}:{:02}:{:02}", seconds / 3600, seconds / 60 % 60,
                 seconds % 60);
}

// The bytes of a format code that stand for parts of a value: no quoted text, no [colour].
std::string bare_code(std::string_view code) {
  std::string bare;
  for (std::size_t i = 0; i < code.size() && code[i] != ';'; ++i) {
    const char c = code[i];
    if (c == '"' || c == '[') {
      const std::size_t end = std::min(code.find(c == '"' ? '"' : ']', i + 1), code.size());
      const std::string_view inside = code.substr(i + 1, end - i - 1);
      if (c == '[' && (inside == "h" || inside == "hh" || inside == "H")) {
        bare += 'h';
      }
      i = end;
    } else if (c == '\\' || c == '_' || c == '*') {
      ++i;
    } else {
      bare += c >= 'A' && c <= 'Z' ? static_cast<char>(c - 'A' + 'a') : c;
    }
  }
  return bare;
}

bool is_hex(std::string_view text) {
  return text.find_first_not_of("0123456789abcdefABCDEF") == std::string_view::npos;
}

}  // namespace

Shown shown_by(std::string_view format_code) {
  const std::string code = bare_code(format_code);
  if (code == "general" || code == "standard" || code.find_first_of("0#?@") != std::string::npos) {
    // 0 and # also write fractions of seconds, as in `h:mm:ss.000`.
    return code.find("ss.0") == std::string::npos ? Shown::number : Shown::time;
  }
  const bool day = code.find_first_of("yde") != std::string::npos;
  const bool clock = code.find_first_of("hs") != std::string::npos;
  const bool month = code.find('m') != std::string::npos;
  if (day || (month && !clock)) {
    return clock ? Shown::date_time : Shown::date;
  }
  return clock ? Shown::time : Shown::number;
}

Shown shown_by(int built_in_format) {
  const int format = built_in_format;
  if (format == 22) {
    return Shown::date_time;
  }
  if ((format >= 18 && format <= 21) || (format >= 45 && format <= 47) ||
      (format >= 32 && format <= 35)) {
    return Shown::time;
  }
  const bool date = (format >= 14 && format <= 17) || (format >= 27 && format <= 31) ||
                    format == 36 || (format >= 50 && format <= 58);
  return date ? Shown::date : Shown::number;
}

void append_number(std::string_view value, Shown shown, bool from_1904, std::string& to) {
  double serial = 0;
  if (shown == Shown::number || !parse_real(value, serial) || !(serial >= 0) ||
      serial >= kLastSerial) {
    append_plain(value, to);
    return;
  }
  auto day = static_cast<std::int64_t>(std::floor(serial));
  auto seconds = static_cast<std::int64_t>(
      std::llround((serial - std::floor(serial)) * static_cast<double>(kSecondsOfDay)));
  day += seconds / kSecondsOfDay;
  seconds %= kSecondsOfDay;
  if (shown == Shown::time && day == 0) {
    append_clock(seconds, to);
    return;
  }
  if (from_1904) {
    day += kDaysFrom1900To1904;
  } else if (day < kLeapDayThatWasNone) {
    ++day;
  }
  const std::int32_t before = date_of({1899, 12, 30}).days;
  const Ymd ymd = ymd_of(Date{before + static_cast<std::int32_t>(day)});
  fmt::format_to(std::back_inserter(to), "{:04}-{:02}-{:02}", ymd.year, ymd.month, ymd.day);
  if (shown != Shown::date || seconds != 0) {
    to += ' ';
    append_clock(seconds, to);
  }
}

void append_unescaped(std::string_view text, std::string& to) {
  constexpr std::size_t kSize = 7;  // _x000D_
  while (true) {
    const std::size_t at = text.find("_x");
    if (at == std::string_view::npos) {
      to.append(text);
      return;
    }
    const std::string_view escape = text.substr(at, kSize);
    unsigned code = 0;
    const bool real = escape.size() == kSize && escape.back() == '_' && is_hex(escape.substr(2, 4));
    if (real) {
      std::from_chars(escape.data() + 2, escape.data() + 6, code, 16);
    }
    if (real && code < 0x80) {
      to.append(text.substr(0, at));
      if (code != 0) {
        to += static_cast<char>(code);
      }
      text.remove_prefix(at + kSize);
    } else {
      to.append(text.substr(0, at + 2));
      text.remove_prefix(at + 2);
    }
  }
}

int column_of(std::string_view reference) {
  int column = 0;
  std::size_t at = 0;
  for (; at < reference.size() && at < 4; ++at) {
    const char c = reference[at];
    if (c < 'A' || c > 'Z') {
      break;
    }
    column = column * 26 + (c - 'A' + 1);
  }
  return column - 1;
}

}  // namespace huitou::ingest
