#include "forms/written.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cmath>
#include <vector>

namespace huitou::forms {
namespace {

constexpr std::string_view kBlanks[] = {" ",        "\t",           "\r",          "\n",
                                        "\xc2\xa0", "\xe3\x80\x80", "\xef\xbb\xbf"};
constexpr double kHundred = 100;
constexpr std::size_t kYearDigits = 4;
constexpr std::size_t kCompactDigits = 8;

bool strip(std::string_view& text, std::string_view part, bool at_end) {
  if (at_end ? !text.ends_with(part) : !text.starts_with(part)) return false;
  at_end ? text.remove_suffix(part.size()) : text.remove_prefix(part.size());
  return true;
}

/// Numbers of up to eight digits, and what stands between them; blanks are one blank.
struct Parts {
  std::vector<int> numbers;
  std::vector<std::size_t> digits;
  std::vector<std::string> between;  ///< behind each number
};

std::optional<Parts> parts_of(std::string_view text) {
  Parts parts;
  std::size_t at = 0;
  while (at < text.size()) {
    const std::size_t begin = at;
    while (at < text.size() && text[at] >= '0' && text[at] <= '9') ++at;
    if (at == begin || at - begin > kCompactDigits) return std::nullopt;
    parts.numbers.push_back(std::stoi(std::string(text.substr(begin, at - begin))));
    parts.digits.push_back(at - begin);
    const std::size_t end = at;
    while (at < text.size() && (text[at] < '0' || text[at] > '9')) ++at;
    parts.between.emplace_back(text.substr(end, at - end));
  }
  return parts;
}

bool is_one_of(std::string_view text, std::initializer_list<std::string_view> list) {
  for (const std::string_view each : list) {
    if (text == each) return true;
  }
  return false;
}

/// ` 14:30:05` of the numbers from the fourth on.
std::optional<std::string> clock_of(const Parts& parts, std::size_t first) {
  const std::size_t count = parts.numbers.size() - first;
  if (count == 0) return "";
  if (count < 2 || count > 3) return std::nullopt;
  const int hour = parts.numbers[first];
  const int minute = parts.numbers[first + 1];
  const int second = count == 3 ? parts.numbers[first + 2] : 0;
  if (hour > 23 || minute > 59 || second > 59) return std::nullopt;
  for (std::size_t i = first; i + 1 < parts.numbers.size(); ++i) {
    if (parts.between[i] != ":") return std::nullopt;
  }
  if (!parts.between.back().empty()) return std::nullopt;
  return fmt::format(" {:02}:{:02}:{:02}", hour, minute, second);
}

}  // namespace

std::string_view clean_text(std::string_view text) {
  bool more = true;
  while (more) {
    more = false;
    for (const std::string_view blank : kBlanks) {
      more = strip(text, blank, false) || more;
      more = strip(text, blank, true) || more;
    }
  }
  return text;
}

bool is_nothing(std::string_view text) {
  return is_one_of(text,
                   {"", "-", "--", "—", "——", "/", "null", "NULL", "N/A", "n/a", "NA", "无", "空"});
}

std::optional<double> parse_number(std::string_view text) {
  double scale = 1;
  text = clean_text(text);
  if (strip(text, "%", true) || strip(text, "％", true)) {
    text = clean_text(text);
    scale = kHundred;
  }
  std::string digits;
  const std::size_t point = std::min(text.find('.'), text.size());
  for (std::size_t i = 0; i < text.size(); ++i) {
    const bool groups = text[i] == ',' && i > 0 && i < point && (point - i) % 4 == 0;
    if (!groups) digits += text[i];
  }
  if (digits.starts_with('+')) digits.erase(0, 1);
  double number = 0;
  const auto [end, error] = std::from_chars(digits.data(), digits.data() + digits.size(), number);
  if (error != std::errc() || end != digits.data() + digits.size() || !std::isfinite(number)) {
    return std::nullopt;
  }
  return number / scale;
}

std::string_view without_currency(std::string_view text) {
  text = clean_text(text);
  for (const std::string_view sign : {"￥", "¥", "$", "€", "£", "CNY", "RMB"}) {
    if (strip(text, sign, false)) break;
  }
  strip(text, "元", true);
  return clean_text(text);
}

std::optional<DayAndClock> parse_moment(std::string_view text) {
  const auto read = parts_of(clean_text(text));
  if (!read || read->numbers.empty()) return std::nullopt;
  Ymd ymd{};
  std::size_t rest = 0;
  std::string behind;
  if (read->digits[0] == kCompactDigits) {
    ymd = {read->numbers[0] / 10'000, read->numbers[0] / 100 % 100, read->numbers[0] % 100};
    rest = 1;
    behind = read->between[0];
  } else {
    if (read->digits[0] != kYearDigits || read->numbers.size() < 3) return std::nullopt;
    const std::string& first = read->between[0];
    const std::string& second = read->between[1];
    const bool words = first == "年" && second == "月";
    if (!words && (first != second || !is_one_of(first, {"-", "/", "."}))) return std::nullopt;
    ymd = {read->numbers[0], read->numbers[1], read->numbers[2]};
    rest = 3;
    behind = read->between[2];
    if (words && behind.starts_with("日")) behind = behind.substr(std::string_view("日").size());
  }
  const bool with_clock = read->numbers.size() > rest;
  if (!is_one_of(behind, {"", " ", "  ", "T"}) || (behind.empty() && with_clock && rest == 1))
    return std::nullopt;
  if (!is_calendar_day(ymd)) return std::nullopt;
  const Date day = date_of(ymd);
  const auto clock = clock_of(*read, rest);
  if (!clock || day < kFirstDate || day > kLastDate) return std::nullopt;
  return DayAndClock{day, *clock};
}

}  // namespace huitou::forms
