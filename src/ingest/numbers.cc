// Money and quantities, exactly: decimal digits to an integer, never through a double.

#include <array>
#include <string_view>

#include "ingest/values.h"

namespace huitou::ingest {
namespace {

/// Larger amounts are a mistake in the file (10 trillion yuan); sums of billions of rows still fit.
constexpr std::int64_t kLargest = 1'000'000'000'000'000;
constexpr std::size_t kLongest = 64;  // characters of a number

struct Sign {
  std::string_view text;
  std::string_view ascii;     // what the parser reads instead
  std::string_view currency;  // empty if it says none
};

constexpr std::array kSigns{
    Sign{"￥", "", "CNY"},     Sign{"¥", "", "CNY"},          Sign{"元", "", "CNY"},
    Sign{"圆", "", "CNY"},     Sign{"人民币", "", "CNY"},     Sign{"€", "", "EUR"},
    Sign{"£", "", "GBP"},      Sign{"＄", "", "USD"},         Sign{"，", ",", ""},
    Sign{"．", ".", ""},       Sign{"－", "-", ""},           Sign{"−", "-", ""},
    Sign{"＋", "+", ""},       Sign{"（", "(", ""},           Sign{"）", ")", ""},
    Sign{"\xc2\xa0", " ", ""}, Sign{"\xe2\x80\xaf", " ", ""}, Sign{"\xe2\x80\x89", " ", ""},
    Sign{"’", "'", ""},
};
constexpr std::array<std::string_view, 12> kCurrencies{"CNY", "RMB", "USD", "EUR", "GBP", "HKD",
                                                       "TWD", "JPY", "SGD", "AUD", "CAD", "KRW"};
constexpr std::array<std::string_view, 28> kMeasures{
    "件", "个", "只", "双", "套", "盒", "瓶", "包", "袋", "条", "张",  "本", "支",    "台",
    "份", "箱", "罐", "片", "次", "把", "块", "根", "枚", "桶", "pcs", "pc", "units", "x"};

struct Plain {
  std::array<char, kLongest> bytes;
  std::size_t size = 0;
  std::string_view view() const { return {bytes.data(), size}; }
};

// Full-width characters and currency signs to ASCII; false if something else is in the text.
bool to_ascii(std::string_view text, Plain& plain) {
  while (!text.empty()) {
    if (plain.size + 1 >= kLongest) {
      return false;
    }
    const auto lead = static_cast<unsigned char>(text.front());
    if (lead < 0x80) {
      plain.bytes[plain.size++] = text.front();
      text.remove_prefix(1);
      continue;
    }
    if (text.size() >= 3 && text.starts_with("\xef\xbc") && text[2] >= '\x90' &&
        text[2] <= '\x99') {
      plain.bytes[plain.size++] = static_cast<char>('0' + (text[2] - '\x90'));
      text.remove_prefix(3);
      continue;
    }
    const Sign* known = nullptr;
    for (const Sign& sign : kSigns) {
      known = text.starts_with(sign.text) ? &sign : known;
    }
    if (known == nullptr) {
      return false;
    }
    for (const char c : known->ascii) {
      plain.bytes[plain.size++] = c;
    }
    text.remove_prefix(known->text.size());
  }
  return true;
}

bool is_digit(char c) { return c >= '0' && c <= '9'; }

void trim(std::string_view& text) {
  while (!text.empty() && text.front() == ' ') {
    text.remove_prefix(1);
  }
  while (!text.empty() && text.back() == ' ') {
    text.remove_suffix(1);
  }
}

void strip_currency(std::string_view& text) {
  for (const std::string_view word : kCurrencies) {
    if (text.starts_with(word)) {
      text.remove_prefix(word.size());
    } else if (text.ends_with(word)) {
      text.remove_suffix(word.size());
    }
  }
  if (text.starts_with('$')) {
    text.remove_prefix(1);
  } else if (text.ends_with('$')) {
    text.remove_suffix(1);
  }
  trim(text);
}

bool strip_sign(std::string_view& text, bool& negative) {
  if (text.empty() || (text.front() != '-' && text.front() != '+')) {
    return false;
  }
  negative = text.front() == '-';
  text.remove_prefix(1);
  trim(text);
  return true;
}

// Sign, brackets and currency off; false if there are two signs.
bool strip_around(std::string_view& text, bool& negative) {
  trim(text);
  if (text.size() > 2 && text.front() == '(' && text.back() == ')') {
    text = text.substr(1, text.size() - 2);
    trim(text);
    strip_currency(text);
    negative = true;
    return true;
  }
  const bool before = strip_sign(text, negative);
  strip_currency(text);
  const bool again = strip_sign(text, negative);
  if (before && again) {
    return false;
  }
  if (!before && !again && text.size() > 1 && text.back() == '-') {
    negative = true;
    text.remove_suffix(1);
    trim(text);
  }
  return true;
}

// Digits on their way into an integer of `decimals` places.
struct Digits {
  std::uint64_t value = 0;
  bool overflow = false;
  bool lost = false;  // a digit other than 0 was cut off
  bool up = false;    // the first digit cut off was 5 or more

  void add(char c) {
    value = value * 10 + static_cast<std::uint64_t>(c - '0');
    overflow = overflow || value > static_cast<std::uint64_t>(kLargest);
    value = overflow ? 0 : value;
  }
};

// The whole part, with groups of digits; returns where it ends, 0 if the groups are wrong.
std::size_t read_whole(std::string_view text, char decimal, Digits& digits, bool& any) {
  const char group = decimal == '.' ? ',' : '.';
  char used = '\0';
  std::size_t in_group = 0;
  std::size_t at = 0;
  for (; at < text.size() && text[at] != decimal; ++at) {
    const char c = text[at];
    if (is_digit(c)) {
      digits.add(c);
      any = true;
      ++in_group;
      continue;
    }
    const bool separates = c == group || c == ' ' || c == '\'';
    const bool whole_group =
        used == '\0' ? in_group >= 1 && in_group <= 3 : in_group == 2 || in_group == 3;
    if (!separates || !whole_group || (used != '\0' && used != c)) {
      return std::string_view::npos;
    }
    used = c;
    in_group = 0;
  }
  return used == '\0' || in_group == 3 ? at : std::string_view::npos;
}

Reading read_decimal(std::string_view text, char decimal, int decimals, std::int64_t& out) {
  bool negative = false;
  if (!strip_around(text, negative)) {
    return Reading::wrong;
  }
  Digits digits;
  bool any = false;
  std::size_t at = read_whole(text, decimal, digits, any);
  if (at == std::string_view::npos) {
    return Reading::wrong;
  }
  int places = 0;
  for (at += at < text.size() ? 1U : 0U; at < text.size(); ++at) {
    if (!is_digit(text[at])) {
      return Reading::wrong;
    }
    any = true;
    if (places < decimals) {
      digits.add(text[at]);
    } else {
      digits.up = places == decimals ? text[at] >= '5' : digits.up;
      digits.lost = digits.lost || text[at] != '0';
    }
    ++places;
  }
  if (!any) {
    return Reading::wrong;
  }
  for (; places < decimals; ++places) {
    digits.add('0');
  }
  if (digits.overflow) {
    return Reading::overflow;
  }
  const auto magnitude = static_cast<std::int64_t>(digits.value) + (digits.up ? 1 : 0);
  out = negative ? -magnitude : magnitude;
  return digits.lost ? Reading::rounded : Reading::ok;
}

// `12`, `12.5`, `-12.50`: what nearly all values are.
bool read_simple(std::string_view text, char decimal, int decimals, std::int64_t& out) {
  if (text.empty() || text.size() > 14) {
    return false;
  }
  const bool negative = text.front() == '-';
  std::size_t at = negative ? 1U : 0U;
  std::int64_t value = 0;
  const std::size_t begin = at;
  while (at < text.size() && is_digit(text[at])) {
    value = value * 10 + (text[at++] - '0');
  }
  if (at == begin) {
    return false;
  }
  int places = 0;
  if (at < text.size() && text[at] == decimal) {
    for (++at; at < text.size() && is_digit(text[at]) && places < decimals; ++places) {
      value = value * 10 + (text[at++] - '0');
    }
  }
  if (at != text.size()) {
    return false;
  }
  for (; places < decimals; ++places) {
    value *= 10;
  }
  if (value > kLargest) {
    return false;
  }
  out = negative ? -value : value;
  return true;
}

Reading read_number(std::string_view text, NumberFormat format, int decimals, std::int64_t& out) {
  if (read_simple(text, format.decimal, decimals, out)) {
    return Reading::ok;
  }
  text = clean_text(text);
  if (is_nothing(text)) {
    return Reading::nothing;
  }
  Plain plain;
  if (!to_ascii(text, plain)) {
    return Reading::wrong;
  }
  return read_decimal(plain.view(), format.decimal, decimals, out);
}

// For the decimal sign: +1 speaks for the comma, -1 for the point, 0 for neither.
int comma_evidence(std::string_view text) {
  const auto point = text.find_last_of('.');
  const auto comma = text.find_last_of(',');
  if (point == std::string_view::npos && comma == std::string_view::npos) {
    return 0;
  }
  if (point != std::string_view::npos && comma != std::string_view::npos) {
    return comma > point ? 1 : -1;
  }
  const bool is_comma = comma != std::string_view::npos;
  const char sign = is_comma ? ',' : '.';
  const std::size_t last = is_comma ? comma : point;
  if (text.find(sign) != last) {
    return is_comma ? -1 : 1;  // several: they separate groups
  }
  std::size_t behind = 0;
  while (last + 1 + behind < text.size() && is_digit(text[last + 1 + behind])) {
    ++behind;
  }
  const bool zero_before = last == 1 && text.front() == '0';
  if (behind == 3 && !zero_before) {
    return 0;
  }
  return is_comma ? 1 : -1;
}

}  // namespace

std::optional<NumberFormat> guess_number_format(std::span<const std::string_view> samples) {
  int evidence = 0;
  for (const std::string_view sample : samples) {
    Plain plain;
    if (to_ascii(clean_text(sample), plain)) {
      evidence += comma_evidence(plain.view());
    }
  }
  const NumberFormat format{.decimal = evidence > 0 ? ',' : '.'};
  std::size_t filled = 0;
  std::size_t read = 0;
  for (const std::string_view sample : samples) {
    std::int64_t value = 0;
    const Reading reading = parse_quantity(sample, format, value);
    filled += reading == Reading::nothing ? 0U : 1U;
    read += reading == Reading::ok || reading == Reading::rounded ? 1U : 0U;
  }
  if (filled == 0 || read * 10 < filled * 9) {
    return std::nullopt;
  }
  return format;
}

Reading parse_money(std::string_view text, NumberFormat format, std::int64_t& minor) {
  return read_number(text, format, 2, minor);
}

Reading parse_quantity(std::string_view text, NumberFormat format, std::int64_t& milli) {
  if (read_simple(text, format.decimal, 3, milli)) {
    return Reading::ok;
  }
  text = clean_text(text);
  for (const std::string_view measure : kMeasures) {
    if (text.size() > measure.size() && text.ends_with(measure)) {
      text.remove_suffix(measure.size());
      break;
    }
  }
  return read_number(text, format, 3, milli);
}

std::string_view currency_in(std::string_view text) {
  for (const Sign& sign : kSigns) {
    if (!sign.currency.empty() && text.find(sign.text) != std::string_view::npos) {
      return sign.currency;
    }
  }
  for (const std::string_view word : kCurrencies) {
    if (text.find(word) != std::string_view::npos) {
      return word == "RMB" ? std::string_view("CNY") : word;
    }
  }
  return text.find('$') == std::string_view::npos ? std::string_view() : std::string_view("USD");
}

}  // namespace huitou::ingest
