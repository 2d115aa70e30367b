#pragma once

// The time of day behind a date: `10:30`, `T10:30:05.250Z`, `下午3:05`, `13时05分`, `3:05 PM
// +0800`.

#include <cstddef>
#include <string_view>

#include "ingest/values.h"

namespace huitou::ingest {

/// Reads a text from left to right.
class TextCursor {
 public:
  explicit TextCursor(std::string_view text) : text_(text) {}

  bool done() const { return at_ >= text_.size(); }
  char peek() const { return done() ? '\0' : text_[at_]; }
  void skip(std::size_t bytes) { at_ += bytes; }
  bool is_digit() const { return peek() >= '0' && peek() <= '9'; }
  bool is_letter() const { return (peek() | 0x20) >= 'a' && (peek() | 0x20) <= 'z'; }

  bool take(char c) {
    if (peek() != c || done()) {
      return false;
    }
    ++at_;
    return true;
  }
  bool take(std::string_view word) {
    if (!text_.substr(done() ? text_.size() : at_).starts_with(word)) {
      return false;
    }
    at_ += word.size();
    return true;
  }
  /// Number of digits read, at most 9.
  int number(int& value) {
    int digits = 0;
    value = 0;
    while (is_digit() && digits < 9) {
      value = value * 10 + (text_[at_++] - '0');
      ++digits;
    }
    return digits;
  }
  bool number_of(int fewest, int most, int& value) {
    const int digits = number(value);
    return digits >= fewest && digits <= most;
  }
  void skip_blanks() {
    while (peek() == ' ' || peek() == '\t') {
      ++at_;
    }
  }

 private:
  std::string_view text_;
  std::size_t at_ = 0;
};

/// Reads the rest of the text as nothing or a time of day with or without UTC offset into `moment`;
/// false if it is something else. 24:00:00 gives 86,400 seconds.
bool read_clock(TextCursor& cursor, Moment& moment);

}  // namespace huitou::ingest
