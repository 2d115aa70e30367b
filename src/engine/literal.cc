#include "engine/literal.h"

#include <algorithm>
#include <charconv>
#include <cmath>
#include <limits>
#include <optional>

#include "engine/engine.h"

namespace huitou::engine {
namespace {

Error bad(std::string message, std::string message_zh, std::string hint, std::string hint_zh) {
  return Error{Code::invalid_input, std::move(message), std::move(hint), std::move(message_zh),
               std::move(hint_zh)};
}

struct Placeholder {
  std::string_view name;
  std::string_view type;
  bool bare = false;  ///< 18.16 takes nothing but a plain number here
};

Error does_not_fit(const Placeholder& placeholder, const std::string& what) {
  const std::string name(placeholder.name);
  const std::string type(placeholder.type);
  return bad("The value of parameter " + name + " (" + what + ") is no " + type,
             "参数 " + name + " 的值（" + what + "）不是 " + type,
             "Give a value of type " + type + ".", "请给出类型为 " + type + " 的值。");
}

std::string kind_of(const Value& value) {
  struct Describe {
    std::string operator()(std::monostate) const { return "null"; }
    std::string operator()(std::int64_t number) const { return std::to_string(number); }
    std::string operator()(double number) const { return std::to_string(number); }
    std::string operator()(const std::string& text) const { return "'" + text.substr(0, 40) + "'"; }
    std::string operator()(Date date) const { return format_date(date); }
    std::string operator()(const TextList& list) const {
      return "list of " + std::to_string(list.size()) + " texts";
    }
    std::string operator()(const IntegerList& list) const {
      return "list of " + std::to_string(list.size()) + " integers";
    }
  };
  return std::visit(Describe{}, value);
}

struct IntegerType {
  std::string_view name;
  std::string_view function;
  std::int64_t low;
  std::int64_t high;
};
constexpr std::int64_t kMost = std::numeric_limits<std::int64_t>::max();
constexpr IntegerType kIntegerTypes[] = {
    {"UInt8", "toUInt8", 0, 255},
    {"UInt32", "toUInt32", 0, 4294967295},
    {"UInt64", "toUInt64", 0, kMost},
    {"Int64", "toInt64", std::numeric_limits<std::int64_t>::min(), kMost},
    {"DateTime", "toDateTime", 0, (kLastDate.days + std::int64_t{1}) * 86400 - 1},
};

const IntegerType* integer_type(std::string_view name) {
  for (const IntegerType& type : kIntegerTypes) {
    if (type.name == name) {
      return &type;
    }
  }
  return nullptr;
}

std::string integer_literal(const Placeholder& placeholder, const IntegerType& type,
                            std::int64_t value) {
  const std::string digits = std::to_string(value);
  if (placeholder.bare) {
    return digits;
  }
  // The parser reads a large negative number as a positive one with a sign; a text has no such
  // trouble.
  const bool as_text = value < 0;
  return std::string(type.function) + (as_text ? "('" : "(") + digits + (as_text ? "')" : ")");
}

// A number with a point or an exponent is a Float64 for both parsers. A negative one is bracketed:
// after a minus it would begin a comment.
std::string real_literal(double value) {
  char buffer[40];
  const auto end = std::to_chars(buffer, buffer + sizeof buffer, value);
  std::string text(buffer, end.ptr);
  if (text.find_first_of(".e") == std::string::npos) {
    text += ".0";
  }
  return std::signbit(value) ? "(" + text + ")" : text;
}

std::string text_list_literal(const TextList& list) {
  if (list.empty()) {
    return "emptyArrayString()";
  }
  std::string out = "[";
  for (const std::string& text : list) {
    out += out.size() == 1 ? "" : ",";
    out += text_literal(text);
  }
  return out + "]";
}

std::string integer_list_literal(const IntegerList& list) {
  if (list.empty()) {
    return "emptyArrayInt64()";
  }
  std::string out = "CAST([";
  bool first = true;
  for (const std::int64_t value : list) {
    out += first ? "'" : ",'";
    out += std::to_string(value);
    out += "'";
    first = false;
  }
  return out + "],'Array(Int64)')";
}

// 18.16 does not read numbers so near to zero that they lose digits.
std::optional<double> as_real(const Value& value) {
  if (const auto* real = std::get_if<double>(&value)) {
    return std::isnormal(*real) || *real == 0 ? std::optional(*real) : std::nullopt;
  }
  const auto* integer = std::get_if<std::int64_t>(&value);
  constexpr std::int64_t kExact = std::int64_t{1} << 53;
  if (integer != nullptr && *integer >= -kExact && *integer <= kExact) {
    return static_cast<double>(*integer);
  }
  return std::nullopt;
}

std::optional<std::string> literal(const Placeholder& placeholder, const Value& value) {
  if (const IntegerType* type = integer_type(placeholder.type)) {
    const auto* integer = std::get_if<std::int64_t>(&value);
    const bool fits = integer != nullptr && *integer >= type->low && *integer <= type->high;
    return fits ? std::optional(integer_literal(placeholder, *type, *integer)) : std::nullopt;
  }
  if (placeholder.type == "Float64") {
    const std::optional<double> real = as_real(value);
    return real ? std::optional(real_literal(*real)) : std::nullopt;
  }
  if (const auto* date = std::get_if<Date>(&value); date != nullptr && placeholder.type == "Date") {
    const bool fits = *date >= kFirstDate && *date <= kLastDate;
    return fits ? std::optional("toDate('" + format_date(*date) + "')") : std::nullopt;
  }
  if (const auto* text = std::get_if<std::string>(&value);
      text != nullptr && placeholder.type == "String") {
    return text_literal(*text);
  }
  if (const auto* texts = std::get_if<TextList>(&value);
      texts != nullptr && placeholder.type == "Array(String)") {
    return text_list_literal(*texts);
  }
  if (const auto* integers = std::get_if<IntegerList>(&value);
      integers != nullptr && placeholder.type == "Array(Int64)") {
    return integer_list_literal(*integers);
  }
  return std::nullopt;
}

bool known_type(std::string_view type) {
  return integer_type(type) != nullptr || type == "Float64" || type == "Date" || type == "String" ||
         type == "Array(String)" || type == "Array(Int64)";
}

bool is_space(char letter) {
  return letter == ' ' || letter == '\n' || letter == '\t' || letter == '\r';
}
bool is_word(char letter) {
  return (letter >= 'a' && letter <= 'z') || (letter >= 'A' && letter <= 'Z') ||
         (letter >= '0' && letter <= '9') || letter == '_';
}

/// Walks over a statement once; what is in quotes or comments is copied as it is.
class Renderer {
 public:
  Renderer(std::string_view text, const Params& params) : text_(text), params_(params) {}

  Result<std::string> run() {
    while (at_ < text_.size()) {
      const char letter = text_[at_];
      if (letter == '\'' || letter == '"' || letter == '`') {
        TRY(copy_quoted(letter));
      } else if (starts("--")) {
        copy_to(text_.find('\n', at_));
      } else if (starts("/*")) {
        const std::size_t end = text_.find("*/", at_ + 2);
        copy_to(end == std::string_view::npos ? end : end + 2);
      } else if (letter == '{') {
        TRY(copy_placeholder());
      } else if (letter == ';') {
        return bad("The statement holds a ';' outside of texts", "语句中的文本之外含有“;”",
                   "Send one statement at a time, without ';'.",
                   "请每次只发送一条语句，不要带“;”。");
      } else {
        copy_to(at_ + 1);
      }
    }
    return std::move(out_);
  }

 private:
  bool starts(std::string_view with) const { return text_.substr(at_, with.size()) == with; }

  void copy_to(std::size_t end) {
    end = std::min(end, text_.size());
    out_.append(text_.substr(at_, end - at_));
    at_ = end;
  }

  Status copy_quoted(char quote) {
    std::size_t end = at_ + 1;
    while (end < text_.size() && text_[end] != quote) {
      end += text_[end] == '\\' ? 2U : 1U;
    }
    if (end >= text_.size()) {
      return bad("A text in the statement is not closed: " + std::string(text_.substr(at_, 40)),
                 "语句中有一处引号没有闭合：" + std::string(text_.substr(at_, 40)),
                 std::string("Close it with ") + quote + ".",
                 std::string("请用 ") + quote + " 闭合。");
    }
    copy_to(end + 1);
    return {};
  }

  // 18.16 wants a plain number after LIMIT and OFFSET and as parameter of an aggregate function.
  bool wants_bare(std::size_t end) const {
    std::size_t last = out_.size();
    while (last > 0 && is_space(out_[last - 1])) {
      --last;
    }
    std::size_t first = last;
    while (first > 0 && is_word(out_[first - 1])) {
      --first;
    }
    const std::string_view word = std::string_view(out_).substr(first, last - first);
    const bool parameters = end + 1 < text_.size() && text_[end] == ')' && text_[end + 1] == '(';
    return word == "LIMIT" || word == "OFFSET" || parameters;
  }

  Status copy_placeholder() {
    const std::size_t end = text_.find('}', at_);
    const std::string_view inside =
        text_.substr(at_ + 1, end == std::string_view::npos ? end : end - at_ - 1);
    const std::size_t colon = inside.find(':');
    if (end == std::string_view::npos || colon == std::string_view::npos ||
        !known_type(inside.substr(colon + 1))) {
      const std::string shown(inside.substr(0, 40));
      return bad("'{" + shown + "}' is no placeholder", "“{" + shown + "}”不是占位符",
                 "Write {name:Type} with a type that engine.h lists.",
                 "请写成 {name:Type}，类型须是 engine.h 中列出的。");
    }
    const Placeholder placeholder{inside.substr(0, colon), inside.substr(colon + 1),
                                  wants_bare(end + 1)};
    const auto found = params_.find(placeholder.name);
    if (found == params_.end()) {
      const std::string name(placeholder.name);
      return bad("Parameter " + name + " has no value", "参数 " + name + " 没有值",
                 "Give a value for " + name + ".", "请给出 " + name + " 的值。");
    }
    const std::optional<std::string> written = literal(placeholder, found->second);
    if (!written) {
      return does_not_fit(placeholder, kind_of(found->second));
    }
    out_ += *written;
    at_ = end + 1;
    return {};
  }

  std::string_view text_;
  const Params& params_;
  std::size_t at_ = 0;
  std::string out_;
};

}  // namespace

std::string text_literal(std::string_view text) {
  constexpr char kHex[] = "0123456789abcdef";
  std::string out = "'";
  for (const char letter : text) {
    const auto byte = static_cast<unsigned char>(letter);
    if (letter == '\'' || letter == '\\') {
      out += '\\';
      out += letter;
    } else if (byte < 0x20 || byte == 0x7f) {
      out += "\\x";
      out += kHex[byte >> 4U];
      out += kHex[byte & 15U];
    } else {
      out += letter;
    }
  }
  return out + "'";
}

Result<std::string> render(std::string_view text, const Params& params) {
  return Renderer(text, params).run();
}

}  // namespace huitou::engine
