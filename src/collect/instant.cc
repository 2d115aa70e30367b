#include "collect/instant.h"

#include "base/date.h"

namespace huitou::collect {
namespace {

constexpr std::int64_t kSecond = 1000;
constexpr std::int64_t kDay = 86'400 * kSecond;
constexpr double kLeastMilliseconds = 1e11;
constexpr double kLastNumber = 4e15;

/// Reads digits from left to right.
class Digits {
 public:
  explicit Digits(std::string_view text) : text_(text) {}
  bool done() const { return text_.empty(); }
  bool take(char mark) {
    if (done() || text_[0] != mark) return false;
    text_.remove_prefix(1);
    return true;
  }
  /// Exactly so many digits.
  bool number(std::size_t digits, int& value) {
    if (text_.size() < digits) return false;
    value = 0;
    for (std::size_t i = 0; i < digits; ++i) {
      if (text_[i] < '0' || text_[i] > '9') return false;
      value = value * 10 + (text_[i] - '0');
    }
    text_.remove_prefix(digits);
    return true;
  }
  /// Digits after a decimal point as milliseconds; finer ones are cut off.
  bool fraction(int& milliseconds) {
    int weight = 100;
    std::size_t read = 0;
    milliseconds = 0;
    for (; !done() && text_[0] >= '0' && text_[0] <= '9'; text_.remove_prefix(1), ++read) {
      milliseconds += (text_[0] - '0') * weight;
      weight /= 10;
    }
    return read > 0;
  }

 private:
  std::string_view text_;
};

/// `Z`, `+08:00`, `+0800`, `+08` or nothing, in minutes east.
std::optional<int> offset_of(Digits& digits) {
  if (digits.done() || digits.take('Z') || digits.take('z')) return 0;
  const bool east = digits.take('+');
  if (!east && !digits.take('-')) return std::nullopt;
  int hours = 0;
  int minutes = 0;
  if (!digits.number(2, hours)) return std::nullopt;
  digits.take(':');
  if (!digits.done() && !digits.number(2, minutes)) return std::nullopt;
  if (hours > 18 || minutes > 59) return std::nullopt;
  return (east ? 1 : -1) * (hours * 60 + minutes);
}

struct TimeOfDay {
  int hour = 0;
  int minute = 0;
  int second = 0;
  int milliseconds = 0;
};

bool read_time(Digits& digits, TimeOfDay& time) {
  if (!digits.number(2, time.hour) || !digits.take(':') || !digits.number(2, time.minute)) {
    return false;
  }
  if (digits.take(':') && !digits.number(2, time.second)) return false;
  if ((digits.take('.') || digits.take(',')) && !digits.fraction(time.milliseconds)) return false;
  return time.hour < 24 && time.minute < 60 && time.second <= 60;
}

}  // namespace

std::optional<std::int64_t> parse_instant(std::string_view text) {
  Digits digits(text);
  int year = 0;
  int month = 0;
  int day = 0;
  if (!digits.number(4, year) || !digits.take('-') || !digits.number(2, month) ||
      !digits.take('-') || !digits.number(2, day)) {
    return std::nullopt;
  }
  const Ymd written{year, month, day};
  if (!is_calendar_day(written)) return std::nullopt;
  TimeOfDay time;
  if (!digits.done() && !digits.take('T') && !digits.take('t') && !digits.take(' ')) {
    return std::nullopt;
  }
  const bool has_time = text.size() > 10;
  if (has_time && !read_time(digits, time)) return std::nullopt;
  const auto offset = offset_of(digits);
  if (!offset || !digits.done()) return std::nullopt;
  const std::int64_t seconds =
      std::int64_t{time.hour} * 3600 + std::int64_t{time.minute - *offset} * 60 + time.second;
  return date_of(written).days * kDay + seconds * kSecond + time.milliseconds;
}

std::int64_t instant_of_number(double number) {
  if (!(number > -kLastNumber && number < kLastNumber)) return 0;
  const double scale = number < kLeastMilliseconds ? static_cast<double>(kSecond) : 1.0;
  return static_cast<std::int64_t>(number * scale);
}

std::int64_t occurred(const Clocks& clocks) {
  constexpr std::int64_t kEarliest = 631'152'000 * kSecond;  // 1990-01-01
  if (!clocks.original) return clocks.received;
  const std::int64_t at =
      clocks.sent ? clocks.received - (*clocks.sent - *clocks.original) : *clocks.original;
  return at > clocks.received || at < kEarliest ? clocks.received : at;
}

}  // namespace huitou::collect
