#pragma once

#include <cstddef>
#include <string_view>

namespace huitou::collect {

/// Finds values in JSON without white space that is known to be right.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  bool take(char mark) {
    if (at_ >= text_.size() || text_[at_] != mark) return false;
    ++at_;
    return true;
  }
  /// Goes to the value of the first member of this name, within an object.
  bool find(std::string_view quoted_name) {
    if (!take('{')) return false;
    while (at_ < text_.size() && text_[at_] == '"') {
      const std::string_view name = value();
      take(':');
      if (name == quoted_name) return true;
      value();
      take(',');
    }
    return false;
  }
  /// Takes one value.
  std::string_view value() {
    const std::size_t begin = at_;
    std::size_t depth = 0;
    for (; at_ < text_.size(); ++at_) {
      const char sign = text_[at_];
      const bool opens = sign == '{' || sign == '[';
      const bool closes = sign == '}' || sign == ']';
      if (depth == 0 && (closes || sign == ',' || sign == ':')) break;
      if (sign == '"') skip_text();
      depth += opens ? 1U : 0U;
      depth -= closes ? 1U : 0U;
    }
    return text_.substr(begin, at_ - begin);
  }

 private:
  /// From the opening quotation mark to the closing one.
  void skip_text() {
    for (++at_; at_ < text_.size() && text_[at_] != '"'; ++at_) {
      if (text_[at_] == '\\') ++at_;
    }
  }

  std::string_view text_;
  std::size_t at_ = 0;
};

}  // namespace huitou::collect
